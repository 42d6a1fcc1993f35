using System.Buffers;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>
/// The characters of which names may be: none that HAProxy, a comment, a log or a path could read otherwise.
/// </summary>
internal static class TextRules
{
    /// <summary>What <see cref="IsName"/> asks for, as the end of a sentence.</summary>
    internal const string NameRule = "a letter or digit, then letters, digits, _ . and -, 63 at most";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-");

    /// <summary>True for <c>[A-Za-z0-9][A-Za-z0-9_.-]{0,62}</c>: names of mappings and ids of tokens.</summary>
    internal static bool IsName(ReadOnlySpan<char> text) =>
        !text.IsEmpty
        && text.Length <= PhoneHomeLimits.MaxNameLength
        && char.IsAsciiLetterOrDigit(text[0])
        && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>
    /// True for <c>[A-Za-z0-9_.:-]</c>, once to <paramref name="maxLength"/> times: nodes and instances.
    /// </summary>
    internal static bool IsLabel(ReadOnlySpan<char> text, int maxLength) =>
        !text.IsEmpty && text.Length <= maxLength && !text.ContainsAnyExcept(LabelCharacters);
}
