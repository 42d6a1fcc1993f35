using System.Globalization;
using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>Writes changes for people.</summary>
internal static class ChangeRenderer
{
    internal static string RenderHeading(ConfigChange change)
    {
        var place = (change.New ?? change.Old)?.Place;
        var section = $"{SectionKeywords.KeywordOf(change.SectionKind)} {change.SectionName}".Trim();
        var where = section.Length == 0 ? "before the first section" : $"{Preposition(change.Kind)} {section}";
        var text = change.Subject == ChangeSubject.Section
            ? $"{place}: {Verb(change.Kind)}: {section}{DescribeSection(change)}"
            : $"{place}: {Verb(change.Kind)} {where}: {DescribeLine(change)}";
        return Visible(text);
    }

    internal static string Render(ConfigChange change)
    {
        var text = new StringBuilder(RenderHeading(change));
        if (change.Kind != ChangeKind.Moved)
        {
            AppendLine(text, '-', change.Old);
            AppendLines(text, change, ChangeKind.Removed);
            AppendLine(text, '+', change.New);
            AppendLines(text, change, ChangeKind.Added);
        }

        return text.ToString();
    }

    internal static string Describe(WordChange word)
    {
        var name = word.Name is null || (word.Old ?? word.New) is null ? word.Name : word.Name + " ";
        return Visible(word.Kind switch
        {
            ChangeKind.Added => $"+{name}{word.New}",
            ChangeKind.Removed => $"-{name}{word.Old}",
            ChangeKind.Moved => $"{name}{word.New} at another place",
            _ => $"{name}{word.Old} -> {word.New}",
        });
    }

    private static void AppendLine(StringBuilder text, char sign, ComparedLine? line)
    {
        if (line is not null)
        {
            text.Append("\n  ").Append(sign).Append(' ').Append(Visible(line.Text));
        }
    }

    private static void AppendLines(StringBuilder text, ConfigChange change, ChangeKind kind)
    {
        foreach (var line in change.Kind == kind ? change.Lines : [])
        {
            text.Append("\n  ").Append(kind == ChangeKind.Added ? '+' : '-').Append("     ").Append(Visible(line.Text));
        }
    }

    private static string DescribeSection(ConfigChange change) => change.Kind switch
    {
        ChangeKind.Changed => $": {string.Join(", ", change.Words)}",
        ChangeKind.Moved => $", was {change.Old!.Place}",
        _ => $" ({change.Lines.Length} {(change.Lines.Length == 1 ? "line" : "lines")})",
    };

    private static string DescribeLine(ConfigChange change)
    {
        var line = change.New ?? change.Old!;
        var named = change.Name is null ? change.Keyword : $"{change.Keyword} {change.Name}";
        return change.Kind switch
        {
            ChangeKind.Changed => $"{named}: {string.Join(", ", change.Words)}",
            ChangeKind.Moved => $"{string.Join(' ', line.Words)}, was {change.Old!.Place}",
            _ => string.Join(' ', line.Words),
        };
    }

    private static string Verb(ChangeKind kind) => kind.ToString().ToLowerInvariant();

    private static string Preposition(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "to",
        ChangeKind.Removed => "from",
        _ => "in",
    };

    /// <summary>Every character that could move the cursor or hide others is shown by its number.</summary>
    private static string Visible(string text)
    {
        if (!text.Any(IsHidden))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c == '\t' ? visible.Append(' ')
                : IsHidden(c) ? visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")
                : visible.Append(c);
        }

        return visible.ToString();
    }

    private static bool IsHidden(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;
}
