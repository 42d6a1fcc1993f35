namespace HaproxyKit.Catalog;

/// <summary>Reads the column "traits": words with one blank between, some of them <c>key=value</c>.</summary>
internal static class EntryTraits
{
    /// <summary>Whether a word stands in the column.</summary>
    internal static bool Contains(ReadOnlySpan<byte> traits, ReadOnlySpan<byte> word)
    {
        foreach (var range in traits.Split((byte)' '))
        {
            if (traits[range].SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What follows a key; empty where it is missing.</summary>
    internal static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> traits, ReadOnlySpan<byte> key)
    {
        foreach (var range in traits.Split((byte)' '))
        {
            if (traits[range].StartsWith(key))
            {
                return traits[range][key.Length..];
            }
        }

        return [];
    }

    /// <summary>A type by the name that HAProxy gives it.</summary>
    internal static SampleType Type(ReadOnlySpan<byte> name) => name switch
    {
        [] => SampleType.None,
        _ when name.SequenceEqual("any"u8) => SampleType.Any,
        _ when name.SequenceEqual("same"u8) => SampleType.Same,
        _ when name.SequenceEqual("bool"u8) => SampleType.Boolean,
        _ when name.SequenceEqual("sint"u8) => SampleType.Number,
        _ when name.SequenceEqual("addr"u8) => SampleType.Address,
        _ when name.SequenceEqual("ipv4"u8) => SampleType.Ipv4,
        _ when name.SequenceEqual("ipv6"u8) => SampleType.Ipv6,
        _ when name.SequenceEqual("str"u8) => SampleType.Text,
        _ when name.SequenceEqual("bin"u8) => SampleType.Binary,
        _ => SampleType.Method,
    };

    /// <summary>The columns of a fetch, the first one as the lowest bit, in hexadecimal digits.</summary>
    internal static RuleContexts Contexts(ReadOnlySpan<byte> digits)
    {
        var bits = 0;
        foreach (var digit in digits)
        {
            bits = (bits << 4) | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }

        return (RuleContexts)bits;
    }
}
