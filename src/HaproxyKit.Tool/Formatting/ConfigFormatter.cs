using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Formatting;

/// <summary>
/// Lays a document out: headers at the margin, the lines below indented alike, one blank between words, one blank line
/// in a row. Words stay as they are written, quotes and all, and so do comments, unread bytes and lines that HAProxy
/// cannot read: it reads the same words of every line as before.
/// </summary>
internal sealed class ConfigFormatter
{
    private const string UsualIndent = "    ";

    private readonly ConfigDocument _document;
    private readonly byte[] _indent;
    private readonly byte[] _ending;

    private ConfigFormatter(ConfigDocument document)
    {
        _document = document;
        (_indent, _ending) = LayoutOf(document);
    }

    /// <summary>Formats a document.</summary>
    /// <returns>Its lines, each before and after.</returns>
    internal static List<FormattedLine> Format(ConfigDocument document) => new ConfigFormatter(document).Format();

    /// <summary>The text that formatted lines make up.</summary>
    internal static byte[] TextOf(IEnumerable<FormattedLine> lines) => [.. lines.SelectMany(line => line.After ?? [])];

    private List<FormattedLine> Format()
    {
        var keepsNumbers = _document.ToBytes().AsSpan().IndexOf(".LINE"u8) >= 0;
        var formatted = new List<FormattedLine>(_document.LineCount);
        var isBlankDue = false;
        foreach (var section in _document.Sections)
        {
            for (var i = 0; i < section.LineCount; i++)
            {
                var line = section[i];
                if (line.Kind != LineKind.Blank || keepsNumbers)
                {
                    formatted.Add(new FormattedLine(line.Bytes, Format(line, section.Kind != SectionKind.None)));
                    isBlankDue = true;
                    continue;
                }

                // The blank line itself is written where it is followed by something.
                formatted.Add(new FormattedLine(line.Bytes, isBlankDue ? _ending : null));
                isBlankDue = false;
            }
        }

        for (var i = formatted.Count - 1; i >= 0 && !keepsNumbers && IsBlank(formatted[i]); i--)
        {
            formatted[i] = formatted[i] with { After = null };
        }

        return formatted;
    }

    private bool IsBlank(FormattedLine line) => line.After is null || line.After.AsSpan().SequenceEqual(_ending);

    private byte[] Format(ConfigLine line, bool isInSection)
    {
        var bytes = line.Bytes.Span;
        if (MustStay(line))
        {
            return line.Bytes.ToArray();
        }

        var text = new List<byte>(line.Bytes.Length + 8);
        var scanner = line.Scan();
        while (scanner.MoveNext())
        {
            if (scanner.Kind is not (LineTokenKind.Word or LineTokenKind.Comment or LineTokenKind.Scope))
            {
                continue;
            }

            if (text.Count == 0)
            {
                text.AddRange(IndentOf(line, scanner.Start > 0, isInSection));
            }
            else
            {
                // Behind a backslash a space would be a part of the word; a tab never is.
                text.Add((byte)(text[^1] == '\\' ? '\t' : ' '));
            }

            text.AddRange(bytes.Slice(scanner.Start, scanner.Length));
            TrimComment(text, scanner.Kind);
        }

        text.AddRange(_ending);
        return [.. text];
    }

    /// <summary>
    /// A comment directly above a header, and at the margin, belongs to that section: it keeps its place.
    /// </summary>
    private byte[] IndentOf(ConfigLine line, bool isIndented, bool isInSection) => line.Kind switch
    {
        LineKind.Directive => isInSection ? _indent : [],
        LineKind.Comment or LineKind.Dot => isInSection && isIndented ? _indent : [],
        _ => [],
    };

    private static void TrimComment(List<byte> text, LineTokenKind kind)
    {
        while (kind == LineTokenKind.Comment && text[^1] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            text.RemoveAt(text.Count - 1);
        }
    }

    /// <summary>What HAProxy does not read, or reads with a fault, could be read otherwise in another place.</summary>
    private static bool MustStay(ConfigLine line)
    {
        var scanner = line.Scan();
        while (scanner.MoveNext())
        {
            var last = line.Bytes.Span[scanner.Start + scanner.Length - 1];
            if (scanner.Kind == LineTokenKind.Ignored
                || (scanner.Kind == LineTokenKind.Scope && last != (byte)']')
                || (scanner.Kind == LineTokenKind.Word && (scanner.Traits & WordTraits.Faulty) != 0))
            {
                return true;
            }
        }

        return line.Kind == LineKind.Ignored || line.Bytes.Span.Contains((byte)0);
    }

    /// <summary>The indentation and the line ending that most of those lines have that are laid out.</summary>
    private static (byte[] Indent, byte[] Ending) LayoutOf(ConfigDocument document)
    {
        var indents = new Dictionary<string, int>(StringComparer.Ordinal);
        var (ended, dos) = (0, 0);
        foreach (var section in document.Sections)
        {
            foreach (var line in section.Lines.Where(line => line.Kind != LineKind.Blank && !MustStay(line)))
            {
                var bytes = line.Bytes.Span;
                dos += bytes.EndsWith("\r\n"u8) ? 1 : 0;
                ended += bytes.EndsWith("\n"u8) ? 1 : 0;
                var width = bytes.IndexOfAnyExcept(" \t"u8);
                if (width > 0 && section.Kind != SectionKind.None && line.Kind == LineKind.Directive)
                {
                    var indent = Encoding.ASCII.GetString(bytes[..width]);
                    indents[indent] = indents.GetValueOrDefault(indent) + 1;
                }
            }
        }

        var usual = indents.OrderByDescending(indent => indent.Value)
            .ThenBy(indent => indent.Key, StringComparer.Ordinal)
            .Select(indent => indent.Key)
            .FirstOrDefault(UsualIndent);
        return (Encoding.ASCII.GetBytes(usual), dos * 2 > ended ? "\r\n"u8.ToArray() : "\n"u8.ToArray());
    }
}
