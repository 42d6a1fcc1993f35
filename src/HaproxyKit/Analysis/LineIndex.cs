using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>Finds the lines of a document by their numbers.</summary>
internal sealed class LineIndex
{
    private readonly SectionSyntax[] _sections;
    private readonly int[] _first;

    internal LineIndex(ConfigDocument document)
    {
        _sections = [.. document.Sections];
        _first = new int[_sections.Length];
        var number = 1;
        for (var i = 0; i < _first.Length; i++)
        {
            _first[i] = number;
            number += _sections[i].LineCount;
        }
    }

    /// <summary>A line, counted from 1.</summary>
    internal ConfigLine Line(int number)
    {
        var found = Array.BinarySearch(_first, number);
        var section = found >= 0 ? found : ~found - 1;
        return _sections[section][number - _first[section]];
    }
}
