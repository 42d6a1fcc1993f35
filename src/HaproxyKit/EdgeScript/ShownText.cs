using System.Globalization;
using System.Text;

namespace HaproxyKit.EdgeScript;

/// <summary>Puts what a script says into a message: short, on one line, and with nothing in it that cannot be seen.</summary>
internal static class ShownText
{
    private const int MaxRunes = 40;

    internal static string Quote(string text)
    {
        var shown = new StringBuilder("'");
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == MaxRunes)
            {
                return shown.Append("...'").ToString();
            }

            _ = IsVisible(rune) ? shown.Append(rune) : shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
        }

        return shown.Append('\'').ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
