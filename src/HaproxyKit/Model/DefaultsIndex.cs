using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// Where the <c>defaults</c> sections of a document stand, by their names, so that a long chain of them is followed in
/// no time.
/// </summary>
internal sealed class DefaultsIndex
{
    private readonly List<int> _all = [];
    private readonly Dictionary<string, List<int>> _byName = new(StringComparer.Ordinal);

    internal DefaultsIndex(ConfigDocument document)
    {
        for (var i = 0; i < document.SectionCount; i++)
        {
            var section = document.GetSection(i);
            if (section.Kind != SectionKind.Defaults)
            {
                continue;
            }

            _all.Add(i);
            if (section.Name is { } name)
            {
                if (!_byName.TryGetValue(name, out var places))
                {
                    _byName[name] = places = [];
                }

                places.Add(i);
            }
        }
    }

    /// <summary>
    /// The number of the last <c>defaults</c> before a section, of a name or of any; null where there is none.
    /// </summary>
    internal int? LastBefore(int ordinal, string? name)
    {
        var places = name is null ? _all : _byName.GetValueOrDefault(name);
        if (places is null)
        {
            return null;
        }

        var at = places.BinarySearch(ordinal);
        var last = (at < 0 ? ~at : at) - 1;
        return last < 0 ? null : places[last];
    }
}
