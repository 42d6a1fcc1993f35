namespace HaproxyKit.Syntax;

/// <summary>Where one word of a line stands, and where its value does.</summary>
/// <param name="Start">Where it begins in the line, in bytes.</param>
/// <param name="Length">How long it is as written.</param>
/// <param name="ValueStart">Where its value begins: in the buffer of the line if it is plain, else among the decoded bytes.</param>
/// <param name="ValueLength">How long its value is.</param>
/// <param name="Traits">What it consists of.</param>
internal readonly record struct WordSlot(int Start, int Length, int ValueStart, int ValueLength, WordTraits Traits)
{
    /// <summary>Whether the word's bytes are its value.</summary>
    internal bool IsPlain => Word.IsPlainWith(Traits);
}
