using System.Globalization;
using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>Makes a line of a text with holes: finds what each hole means, and escapes its value for that.</summary>
internal static class RuleComposer
{
    private const string Argument = "rule";

    /// <summary>The line, from its keyword on.</summary>
    /// <param name="section">The section in which it shall stand.</param>
    /// <param name="keyword">What stands before the text, or nothing.</param>
    /// <param name="rule">The text.</param>
    /// <exception cref="ArgumentException">A value cannot stand where its hole is, or HAProxy could not read the
    /// line.</exception>
    internal static byte[] Compose(Section section, string keyword, RuleText rule)
    {
        ArgumentNullException.ThrowIfNull(rule, Argument);
        var values = rule.Parts.OfType<RuleValue>().ToList();
        RequireFreeHoles(rule.Parts);
        var mark = Mark(keyword, rule.Parts);
        var sketch = Join(keyword, rule.Parts, (value, i) => value.IsNumber ? value.Text : Token(mark, i));
        var sketched = DirectiveList.RequireOneDirective(sketch, Argument);
        var slots = LineSlots.Read(section.Kind, sketched);
        var (words, escaped) = (WordsOf(sketched), new string[values.Count]);
        for (var i = 0; i < values.Count; i++)
        {
            escaped[i] = values[i].IsNumber ? values[i].Text : EscapeAt(slots, words, Token(mark, i), values[i]);
        }

        var line = DirectiveList.RequireOneDirective(Join(keyword, rule.Parts, (_, i) => escaped[i]), Argument);
        RequireSameMeaning(section.Kind, slots, words, line);
        return line;
    }

    private static string EscapeAt(List<LineSlot> slots, List<string> words, string token, RuleValue value)
    {
        var word = words.FindIndex(text => text.Contains(token, StringComparison.Ordinal));
        if (word < 0)
        {
            throw Refusal("A value cannot stand in a comment.");
        }

        var start = Encoding.UTF8.GetByteCount(words[word].AsSpan(0, words[word].IndexOf(token, StringComparison.Ordinal)));
        var holds = slots.Where(slot => slot.Word == word && slot.Start <= start && start + token.Length <= slot.Start + slot.Length).ToList();
        if (holds.Count == 0)
        {
            throw Refusal($"The value '{value.Text}' stands where HAProxy's own words are expected, or in a line that is not known.");
        }

        // The last one is the innermost.
        var slot = holds[^1];
        var isWhole = slot.Length == token.Length;
        if (!isWhole && IsQuotedInside(words[word], slot, token))
        {
            throw Refusal("A value cannot stand inside quotes.");
        }

        if (slot is { Kind: ValueKind.LogFormat, Nesting: SlotNesting.None })
        {
            throw Refusal("A value cannot stand in the name of a variable or in its flags.");
        }

        var said = SlotText.Escape(slot, value, isWhole, isFirst: start == slot.Start);
        return said.Length == 0 && !isWhole ? "" : WordWriter.Quote(said);
    }

    /// <summary>
    /// Whether the argument of an expression in which a value stands has quotes or escapes of its own.
    /// </summary>
    private static bool IsQuotedInside(string word, in LineSlot slot, string token) =>
        slot.Nesting is SlotNesting.Sample or SlotNesting.SampleInLogFormat
        && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(word).AsSpan(slot.Start, slot.Length)).Replace(token, "", StringComparison.Ordinal).AsSpan().ContainsAny("\"'\\");

    /// <summary>
    /// The last line of defence: with the values in their places, every word means what it meant without.
    /// </summary>
    private static void RequireSameMeaning(SectionKind section, List<LineSlot> before, List<string> words, byte[] line)
    {
        var after = LineSlots.Read(section, line);
        var (old, now) = (before.Where(IsWord).Select(Meaning), after.Where(IsWord).Select(Meaning));
        if (WordsOf(line).Count != words.Count || !old.SequenceEqual(now))
        {
            throw Refusal("With this value HAProxy would read the line differently.");
        }
    }

    private static bool IsWord(LineSlot slot) => slot.Nesting == SlotNesting.None;

    private static (int Word, ValueKind Kind, object? Role) Meaning(LineSlot slot) => (slot.Word, slot.Kind, slot.Role);

    /// <summary>Throws where a hole stands inside quotes, behind a backslash, or in a comment.</summary>
    private static void RequireFreeHoles(IReadOnlyList<object> parts)
    {
        var (quote, escape) = ('\0', 0);
        foreach (var part in parts)
        {
            if (part is not string text)
            {
                if (quote != '\0' || escape > 0)
                {
                    throw Refusal(quote != '\0' ? "A value cannot stand inside quotes; it is quoted as it needs to be." : "A value cannot stand behind a backslash.");
                }

                continue;
            }

            foreach (var c in text)
            {
                if (escape > 0)
                {
                    // Behind a backslash comes one sign, or an x and two digits.
                    escape = escape switch
                    {
                        1 when c == 'x' => 2,
                        2 => 3,
                        _ => 0,
                    };
                }
                else if (c == '\\' && quote != '\'')
                {
                    escape = 1;
                }
                else if (c is '"' or '\'' && (quote == '\0' || quote == c))
                {
                    quote = quote == '\0' ? c : '\0';
                }
            }
        }
    }

    private static string Join(string keyword, IReadOnlyList<object> parts, Func<RuleValue, int, string> say)
    {
        var line = new StringBuilder(keyword);
        if (keyword.Length > 0)
        {
            line.Append(' ');
        }

        var hole = 0;
        foreach (var part in parts)
        {
            line.Append(part is RuleValue value ? say(value, hole++) : part);
        }

        return line.ToString();
    }

    /// <summary>A word that the text does not have, to stand for values while their meaning is looked for.</summary>
    private static string Mark(string keyword, IReadOnlyList<object> parts)
    {
        var text = keyword + string.Concat(parts.OfType<string>());
        var mark = "hole";
        while (text.Contains(mark, StringComparison.Ordinal))
        {
            mark += "e";
        }

        return mark;
    }

    private static ArgumentException Refusal(string why, RuleText? rule = null) => new(why, nameof(rule));

    private static string Token(string mark, int hole) => string.Create(CultureInfo.InvariantCulture, $"{mark}{hole}z");

    private static List<string> WordsOf(ReadOnlySpan<byte> line)
    {
        var words = new List<string>();
        foreach (var word in new WordEnumerator(line))
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
