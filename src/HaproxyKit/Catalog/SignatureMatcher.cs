using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>
/// Fits the words of a line to a signature, from left to right, and tells a sink what each one is. Nothing is thrown
/// on account of the words, and nothing is allocated while they are plain.
/// </summary>
public static class SignatureMatcher
{
    /// <summary>As long as a word that is quoted or escaped may be to be taken for a fixed word.</summary>
    private const int LongestDecodedWord = 512;

    /// <summary>Matches the words behind a name that was found.</summary>
    /// <param name="directive">What <see cref="HaproxyCatalog.FindDirective"/> found.</param>
    /// <param name="sink">Is told what the words are.</param>
    /// <typeparam name="TSink">The type of the sink.</typeparam>
    /// <returns>How the words fit.</returns>
    /// <exception cref="ArgumentException">Nothing was found.</exception>
    public static MatchOutcome Match<TSink>(in DirectiveLookup directive, ref TSink sink)
        where TSink : ISignatureSink, allows ref struct
    {
        if (!directive.Entry.Exists)
        {
            throw new ArgumentException("The lookup found no entry.", nameof(directive));
        }

        var words = new ScannedWordSource(directive.Arguments);
        return Match(directive.Match, directive.NameWord, ref words, ref sink);
    }

    /// <summary>Matches words to a signature.</summary>
    /// <param name="catalog">The version whose words are known.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="words">The words, the first one that belongs to the signature next.</param>
    /// <param name="index">The place of that word on the line.</param>
    /// <param name="sink">Is told what the words are.</param>
    /// <typeparam name="TSink">The type of the sink.</typeparam>
    /// <returns>How the words fit.</returns>
    public static MatchOutcome Match<TSink>(
        HaproxyCatalog catalog, Signature signature, WordEnumerator words, int index, ref TSink sink)
        where TSink : ISignatureSink, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(signature);
        var state = new MatchState(catalog, default, signature);
        var source = new ScannedWordSource(words);
        return Match(ref state, ref source, index, ref sink);
    }

    /// <summary>Matches the words behind a name that was found.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nameWord">Its last word.</param>
    /// <param name="words">The words behind it.</param>
    /// <param name="sink">Is told what the words are.</param>
    internal static MatchOutcome Match<TWords, TSink>(in NameMatch name, Word nameWord, ref TWords words, ref TSink sink)
        where TWords : struct, IWordSource, allows ref struct
        where TSink : ISignatureSink, allows ref struct
    {
        // "no option" may have what the option has; behind "no log" nothing stands.
        var signature = name is { IsNegated: true, Entry.Class: EntryClass.Keyword } ? Signature.Empty : name.Entry.Signature;
        var state = new MatchState(name.Catalog, name.Entry, signature);
        if (name.Entry.IsPrefix && !nameWord.HasVariables && !NameParameters.Tell(nameWord, name.ArgumentIndex - 1, in state, ref sink))
        {
            return MatchOutcome.Missing;
        }

        return Match(ref state, ref words, name.ArgumentIndex, ref sink);
    }

    private static MatchOutcome Match<TWords, TSink>(ref MatchState state, ref TWords words, int index, ref TSink sink)
        where TWords : struct, IWordSource, allows ref struct
        where TSink : ISignatureSink, allows ref struct
    {
        for (var outcome = MatchOutcome.Complete; words.MoveNext(); index++)
        {
            var word = words.Current;
            if (state.IsInCondition)
            {
                sink.Value(in word, index, state.Slot!, state.Owner);
                continue;
            }

            if (word.HasVariables && (!state.ExpectsOnlyValue() || HasSeveralWords(word)))
            {
                return MatchOutcome.Indeterminate;
            }

            outcome = word.IsPlain ? Take(ref state, in word, word.Raw, index, ref sink) : TakeDecoded(ref state, in word, index, ref sink);
            if (outcome == MatchOutcome.Missing)
            {
                // HAProxy takes an empty word for the end of the line.
                break;
            }

            if (outcome != MatchOutcome.Complete)
            {
                return outcome;
            }
        }

        if (state.CanEnd())
        {
            return MatchOutcome.Complete;
        }

        sink.Missing(index, new SignatureExpectation(in state), state.Entry);
        return MatchOutcome.Missing;
    }

    /// <summary>A word that is too long for the buffer is no fixed word.</summary>
    private static MatchOutcome TakeDecoded<TSink>(ref MatchState state, scoped in Word word, int index, ref TSink sink)
        where TSink : ISignatureSink, allows ref struct
    {
        Span<byte> buffer = stackalloc byte[LongestDecodedWord];
        var text = word.Raw.Length <= buffer.Length ? buffer[..word.Decode(buffer)] : [];
        return text.IsEmpty && word.Is([]) ? MatchOutcome.Missing : Take(ref state, in word, text, index, ref sink);
    }

    private static MatchOutcome Take<TSink>(
        ref MatchState state, scoped in Word word, scoped ReadOnlySpan<byte> text, int index, ref TSink sink)
        where TSink : ISignatureSink, allows ref struct
    {
        if (state.Slot is { IsExpression: true } slot && NamesConverter(state.Catalog, text))
        {
            sink.Value(in word, index, slot, state.Owner);
            return MatchOutcome.Complete;
        }

        if (!state.ExpectsOnlyValue() && state.TryFixedWord(text))
        {
            return TellFixedWord(ref state, in word, index, ref sink);
        }

        if (state.TryValue())
        {
            sink.Value(in word, index, state.Slot!, state.Owner);
            return MatchOutcome.Complete;
        }

        sink.Unexpected(in word, index, new SignatureExpectation(in state), state.Entry);
        return MatchOutcome.Unexpected;
    }

    private static MatchOutcome TellFixedWord<TSink>(ref MatchState state, scoped in Word word, int index, ref TSink sink)
        where TSink : ISignatureSink, allows ref struct
    {
        if (state.IsInCondition)
        {
            sink.Value(in word, index, state.Slot!, state.Owner);
        }
        else if (!state.IsName)
        {
            sink.Literal(in word, index, state.Owner);
        }
        else
        {
            sink.Name(in word, index, state.Owner);
            if (state.Owner.IsPrefix && !NameParameters.Tell(word, index, in state, ref sink))
            {
                return MatchOutcome.Unexpected;
            }
        }

        return MatchOutcome.Complete;
    }

    /// <summary>Whether an expression goes on in a word of its own: <c>src table_conn_cnt</c>.</summary>
    private static bool NamesConverter(HaproxyCatalog catalog, ReadOnlySpan<byte> word)
    {
        var end = word.IndexOfAny((byte)'(', (byte)',');
        return catalog.TryFind(EntryClass.Converter, end < 0 ? word : word[..end], out _);
    }

    /// <summary>Whether a reference to a variable can become several words: <c>"${NAME[*]}"</c>.</summary>
    private static bool HasSeveralWords(in Word word) => word.Raw.IndexOf("[*]"u8) >= 0;
}
