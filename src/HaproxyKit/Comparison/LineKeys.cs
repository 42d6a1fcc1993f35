using System.Buffers;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>
/// Gives each different line a small number, the same for lines that HAProxy reads alike: from then on lines are
/// compared by their numbers.
/// </summary>
internal sealed class LineKeys
{
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _numbers = new(ByteComparer.Instance);
    private readonly ArrayBufferWriter<byte> _buffer = new();

    internal int NumberOf(ReadOnlySpan<byte> line, LineKind kind)
    {
        _buffer.ResetWrittenCount();
        CanonicalLine.Write(line, kind, _buffer);
        if (!_numbers.TryGetValue(_buffer.WrittenMemory, out var number))
        {
            number = _numbers.Count;
            _numbers.Add(_buffer.WrittenSpan.ToArray(), number);
        }

        return number;
    }

    private sealed class ByteComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        internal static readonly ByteComparer Instance = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> bytes)
        {
            var hash = default(HashCode);
            hash.AddBytes(bytes.Span);
            return hash.ToHashCode();
        }
    }
}
