using HaproxyKit.Syntax;

namespace HaproxyKit.Model.Properties;

/// <summary>Words of a line as they are written, and their replacement by others in HAProxy's own language.</summary>
internal static class DirectiveLanguage
{
    /// <summary>The words from a place on, with one blank between; null where there are none.</summary>
    internal static string? Get(Directive directive, int index)
    {
        var words = directive.Arguments.Skip(index).Select(argument => argument.Raw).ToList();
        return words.Count > 0 ? string.Join(' ', words) : null;
    }

    /// <summary>Replaces the words from a place on; null takes them away.</summary>
    internal static void Set(Directive directive, int index, string? words)
    {
        var old = Get(directive, index);
        if (words is null && old is not null)
        {
            directive.RemoveWords(directive.FirstArgument + index, directive.Arguments.Count - index);
        }
        else if (words is not null && !string.Equals(words, old, StringComparison.Ordinal))
        {
            var (text, count) = RequireWords(words);
            directive.ReplaceWordsFrom(directive.FirstArgument + index, text, count);
        }
    }

    /// <summary>Throws unless a text is one or more words, without a comment, that HAProxy can read.</summary>
    /// <returns>The words without blanks around them, and how many there are.</returns>
    internal static (byte[] Text, int Count) RequireWords(string words)
    {
        const string Keyword = "x ";
        var line = DirectiveList.RequireOneDirective(Keyword + words, nameof(words));
        var count = -1;
        foreach (var _ in new WordEnumerator(line))
        {
            count++;
        }

        return count > 0 && LineEditor.CommentOf(line) is null
            ? (line.AsSpan(Keyword.Length).TrimStart(" \t"u8).ToArray(), count)
            : throw new ArgumentException($"'{words}' has no word, or a comment.", nameof(words));
    }
}
