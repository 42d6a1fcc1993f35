using System.Collections.Immutable;
using System.Text;

namespace HaproxyKit.Control.Planning;

/// <summary>
/// Reads map and acl files as HAProxy does: a line whose very first character is <c>#</c> is a comment, and one of blanks alone is nothing.
/// </summary>
internal static class PatternText
{
    private const string Blanks = " \t";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file, or null where a command could not say it.</summary>
    internal static string? Decode(ReadOnlySpan<byte> content)
    {
        try
        {
            return content.Contains((byte)0) ? null : Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The entries of a map: a key up to the first blank, and the rest of the line without the blanks around it.</summary>
    internal static ImmutableArray<KeyValuePair<string, string>> Entries(string text)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var line in Lines(text))
        {
            var end = line.AsSpan().IndexOfAny(Blanks);
            entries.Add(end < 0
                ? KeyValuePair.Create(line, "")
                : KeyValuePair.Create(line[..end], line[end..].Trim(' ', '\t')));
        }

        return entries.DrainToImmutable();
    }

    /// <summary>The patterns of an acl file: each line without the blanks before it.</summary>
    internal static ImmutableArray<string> Patterns(string text) => [.. Lines(text)];

    private static IEnumerable<string> Lines(string text) => text.Split('\n')
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('\r')[0].TrimStart(' ', '\t'))
        .Where(line => line.Length > 0);
}
