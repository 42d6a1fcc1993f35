namespace HaproxyKit.Catalog;

/// <summary>
/// The arguments of a sample fetch or a converter, in order: those that must be there, then those that may be.
/// </summary>
public readonly ref struct SampleArguments
{
    private readonly ReadOnlySpan<byte> _text;

    internal SampleArguments(ReadOnlySpan<byte> text)
    {
        _text = text;
        var bracket = text.IndexOf((byte)'[');
        MaximumCount = text.IsEmpty ? 0 : text.Count((byte)',') + 1;
        MinimumCount = bracket switch
        {
            < 0 => MaximumCount,
            0 => 0,
            _ => text[..bracket].Count((byte)',') + 1,
        };
    }

    /// <summary>How many there must be.</summary>
    public int MinimumCount { get; }

    /// <summary>How many there may be.</summary>
    public int MaximumCount { get; }

    /// <summary>What one argument is.</summary>
    /// <param name="index">Its place, from 0, below <see cref="MaximumCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    public SampleArgumentKind this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, MaximumCount);
            var at = 0;
            foreach (var range in _text.Split((byte)','))
            {
                if (at++ == index)
                {
                    return Kind(_text[range].Trim("[]"u8));
                }
            }

            return SampleArgumentKind.Text;
        }
    }

    private static SampleArgumentKind Kind(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("integer"u8) => SampleArgumentKind.Number,
        _ when name.SequenceEqual("frontend"u8) => SampleArgumentKind.Frontend,
        _ when name.SequenceEqual("backend"u8) => SampleArgumentKind.Backend,
        _ when name.SequenceEqual("table"u8) => SampleArgumentKind.Table,
        _ when name.SequenceEqual("server"u8) => SampleArgumentKind.Server,
        _ when name.SequenceEqual("user list"u8) => SampleArgumentKind.Userlist,
        _ when name.SequenceEqual("IPv4 address"u8) => SampleArgumentKind.Ipv4Address,
        _ when name.SequenceEqual("IPv6 address"u8) => SampleArgumentKind.Ipv6Address,
        _ when name.SequenceEqual("IPv4 mask"u8) => SampleArgumentKind.Ipv4Mask,
        _ when name.SequenceEqual("IPv6 mask"u8) => SampleArgumentKind.Ipv6Mask,
        _ when name.SequenceEqual("regex"u8) => SampleArgumentKind.Regex,
        _ when name.SequenceEqual("Protocol buffers field number"u8) => SampleArgumentKind.ProtobufField,
        _ => SampleArgumentKind.Text,
    };
}
