using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// Reads the keyword of a line with what stands before it, then the words behind it, without allocating.
/// </summary>
internal ref struct KeywordReader
{
    private WordEnumerator _words;

    internal KeywordReader(ReadOnlySpan<byte> line)
    {
        _words = new WordEnumerator(line);
        _words.MoveNext();
        Keyword = _words.Current;
        var modifier = Keyword.Is("no"u8) ? DirectiveModifier.No : Keyword.Is("default"u8) ? DirectiveModifier.Default : DirectiveModifier.None;
        if (modifier != DirectiveModifier.None && _words.MoveNext())
        {
            Modifier = modifier;
            Keyword = _words.Current;
        }
    }

    /// <summary>The word before the keyword. <c>no</c> alone on its line is a keyword.</summary>
    internal DirectiveModifier Modifier { get; }

    internal Word Keyword { get; }

    internal bool TryReadArgument(out Word argument)
    {
        var found = _words.MoveNext();
        argument = found ? _words.Current : default;
        return found;
    }
}
