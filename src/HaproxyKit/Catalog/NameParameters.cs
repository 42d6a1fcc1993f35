using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>What stands behind a prefix in the same word: <c>(txn.x,ifexists)</c>, or the <c>0</c> of <c>track-sc0</c>.</summary>
internal static class NameParameters
{
    private static readonly SignatureSlot Unknown = new(ValueKind.Word) { IsOptional = true };

    /// <summary>Tells the values to a sink, separated at commas.</summary>
    /// <returns>Whether the values are as many as the signature asks for.</returns>
    internal static bool Tell<TSink>(Word word, int index, in MatchState state, ref TSink sink)
        where TSink : ISignatureSink, allows ref struct
    {
        var text = word.IsPlain ? word.Raw : word.ToBytes();
        var name = state.Entry.NameBytes;
        text = text[(name.Length - name.LastIndexOf((byte)' ') - 1)..];
        if (text is [(byte)'(', .. var inside, (byte)')'])
        {
            text = inside;
        }

        var parameters = state.Entry.Signature.Parameters;
        for (var i = 0; !text.IsEmpty || i < parameters.Length; i++)
        {
            var slot = i < parameters.Length ? parameters[i] : parameters is [.., { IsRepeated: true } last] ? last : Unknown;
            if (text.IsEmpty)
            {
                if (slot.IsOptional)
                {
                    break;
                }

                sink.Missing(index, new SignatureExpectation(new MatchState(state.Catalog, state.Entry, Signature.Of(slot))), state.Entry);
                return false;
            }

            // What is not known to consist of parts is one value, whatever it holds.
            var comma = parameters.IsEmpty ? -1 : text.IndexOf((byte)',');
            sink.Parameter(in word, index, comma < 0 ? text : text[..comma], slot, state.Entry);
            text = comma < 0 ? [] : text[(comma + 1)..];
        }

        return true;
    }
}
