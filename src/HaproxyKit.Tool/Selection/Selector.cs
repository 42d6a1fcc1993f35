using System.Globalization;
using System.Text;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Selection;

/// <summary>
/// Names a section or lines of it: <c>backend/web</c>, <c>backend/web/server/s1</c>, <c>global/maxconn</c>,
/// <c>backend/*/server/*</c>. Behind the keyword stands the line's first argument, or its number among the lines of the
/// keyword, from 1.
/// </summary>
internal sealed class Selector
{
    private const string Any = "*";

    private readonly SectionKind _kind;
    private readonly string[] _parts;
    private readonly string _text;

    private Selector(string text, SectionKind kind, string[] parts) => (_text, _kind, _parts) = (text, kind, parts);

    private bool HasNames => _kind is not (SectionKind.Global or SectionKind.Traces);

    /// <exception cref="ToolException">The text begins with no kind of section.</exception>
    internal static Selector Parse(string text)
    {
        var parts = text.Split('/');
        var kind = SectionKeywords.KindOf(Encoding.UTF8.GetBytes(parts[0]));
        return kind == SectionKind.None
            ? throw new ToolException(
                $"'{text}' is no selector: begin with a kind of section, as in backend/web/server/s1 or global/maxconn")
            : new Selector(text, kind, parts[1..]);
    }

    /// <summary>The sections and lines that are meant, in order.</summary>
    internal IEnumerable<Selected> Find(HaproxyConfig config)
    {
        foreach (var section in config.Sections.Where(section => section.Kind == _kind))
        {
            var rest = RestIn(section);
            if (rest is null)
            {
                continue;
            }

            if (rest.Length == 0)
            {
                yield return new Selected(section, null, 0);
                continue;
            }

            foreach (var selected in FindLines(section, rest[0], string.Join('/', rest[1..])))
            {
                yield return selected;
            }
        }
    }

    /// <summary>The selector as it was written.</summary>
    public override string ToString() => _text;

    /// <summary>What is left of the selector inside a section, or null where another section is meant.</summary>
    private string[]? RestIn(Section section)
    {
        if (_parts.Length == 0 || !HasNames)
        {
            return _parts;
        }

        if (_parts[0] == Any || _parts[0] == section.Name)
        {
            return _parts[1..];
        }

        // Defaults without a name: the next part is a keyword already.
        return _kind == SectionKind.Defaults && section.Name.Length == 0 ? _parts : null;
    }

    private static IEnumerable<Selected> FindLines(Section section, string keyword, string name)
    {
        var lines = section.Directives.Where(line => keyword == Any || line.Keyword == keyword).ToList();
        if (name.Length == 0)
        {
            return lines.Select(line => new Selected(section, line, 0));
        }

        var named = lines.FindAll(line => line.Arguments.Count > 0 && (name == Any || line.Arguments[0].Value == name));
        if (named.Count > 0)
        {
            return named.Select(line => new Selected(section, line, 1));
        }

        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? lines.Skip(number - 1).Take(number > 0 ? 1 : 0).Select(line => new Selected(section, line, 0))
            : [];
    }
}
