using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Support;

/// <summary>
/// Texts in which sections, the comments that belong to them and what hides them are frequent; and edits to such
/// texts.
/// </summary>
internal static class SectionedText
{
    private static readonly string[] Pieces =
    [
        "global\n", "backend a\n", "backend b # x\n", "backend a\n", " listen c\n", "frontend d\r\n", "\"defaults\"\n", "defaults e from f\n",
        "# c\n", "# d\n", "#\n", " # indented\n", "#backend z\n", "\n", "  \n", "\r\n", " mode http\n", "\tserver s 127.0.0.1:80\n",
        ".if 1\n", ".else\n", ".endif\n", "[scope]\n", "x\0backend a\n", "\"\" backend a\n", "\"backend a\n", "no option x\n",
    ];

    private static readonly string[] Unfinished = ["#", "x", "back", "backend q", "end q", " ", "\"", "\r", "global", "# c"];

    internal static Arbitrary<byte[]> Texts { get; } = Arb.From(Text(), ByteShrinker.Shrink);

    /// <summary>A text and edits to it, one after another.</summary>
    internal static Arbitrary<EditChain> Chains { get; } = Arb.From(
        from text in Text()
        from count in Gen.Choose(1, 8)
        from edits in Edit().ArrayOf(count)
        select new EditChain(text, edits),
        Shrink);

    private static Gen<byte[]> Text() => Gen.Frequency((9, Lines()), (1, HostileText.Lines.Generator));

    private static Gen<byte[]> Lines() =>
        from size in Gen.Choose(0, 14)
        from pieces in Gen.Elements(Pieces).ArrayOf(size)
        from last in Gen.Frequency((2, Gen.Constant("")), (1, Gen.Elements(Unfinished)))
        select Latin1.Bytes(string.Concat(pieces) + last);

    private static Gen<LineEdit> Edit() =>
        from section in Gen.Choose(0, 1000)
        from line in Gen.Choose(0, 1000)
        from count in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Choose(0, 3)), (1, Gen.Choose(0, 1000)))
        from text in Gen.Frequency((1, Gen.Constant<byte[]>([])), (4, Lines()), (1, HostileText.Lines.Generator))
        select new LineEdit(section, line, count, text);

    private static IEnumerable<EditChain> Shrink(EditChain chain)
    {
        var (text, edits) = chain;
        for (var i = 0; i < edits.Length; i++)
        {
            yield return chain with { Edits = [.. edits[..i], .. edits[(i + 1)..]] };
        }

        foreach (var smaller in ByteShrinker.Shrink(text))
        {
            yield return chain with { Text = smaller };
        }

        for (var i = 0; i < edits.Length; i++)
        {
            foreach (var smaller in ShrinkEdit(edits[i]))
            {
                yield return chain with { Edits = [.. edits[..i], smaller, .. edits[(i + 1)..]] };
            }
        }
    }

    private static IEnumerable<LineEdit> ShrinkEdit(LineEdit edit)
    {
        foreach (var smaller in ByteShrinker.Shrink(edit.Text))
        {
            yield return edit with { Text = smaller };
        }

        foreach (var smaller in Smaller(edit.Section))
        {
            yield return edit with { Section = smaller };
        }

        foreach (var smaller in Smaller(edit.Line))
        {
            yield return edit with { Line = smaller };
        }

        foreach (var smaller in Smaller(edit.Count))
        {
            yield return edit with { Count = smaller };
        }
    }

    private static IEnumerable<int> Smaller(int number) => new[] { 0, number / 2, number - 1 }.Where(n => n >= 0 && n < number).Distinct();
}
