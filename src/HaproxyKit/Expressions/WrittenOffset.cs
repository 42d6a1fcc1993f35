using HaproxyKit.Syntax;

namespace HaproxyKit.Expressions;

/// <summary>Finds a place of a word's value in the word as it is written.</summary>
internal static class WrittenOffset
{
    /// <summary>Where a byte of the value comes from.</summary>
    /// <param name="raw">The word as written.</param>
    /// <param name="offset">A place in the value, up to its end.</param>
    /// <returns>The place in <paramref name="raw"/>; behind the last byte for the end of the value.</returns>
    internal static int Of(ReadOnlySpan<byte> raw, int offset)
    {
        var sink = new PlaceSink(raw, offset);
        WordReader.Read(raw, 0, ref sink);
        return sink.Place;
    }

    private ref struct PlaceSink(ReadOnlySpan<byte> raw, int offset) : IWordSink
    {
        private readonly ReadOnlySpan<byte> _raw = raw;
        private int _left = offset;
        private int _end;
        private bool _isFound;

        internal int Place { get; private set; } = raw.Length;

        public void Literal(ReadOnlySpan<byte> bytes)
        {
            if (_raw.Overlaps(bytes, out var start))
            {
                Take(start, bytes.Length);
                _end = start + bytes.Length;
            }
        }

        public void Escaped(byte value)
        {
            // Between the last literal and the escape there are quotes at most.
            while (_end < _raw.Length && _raw[_end] != '\\')
            {
                _end++;
            }

            Take(_end, 1);
            _end += _end + 1 < _raw.Length && _raw[_end + 1] == 'x' ? 4 : 2;
        }

        public bool Variable(in VariableReference variable)
        {
            Literal(variable.Raw);
            return false;
        }

        private void Take(int start, int length)
        {
            if (!_isFound && _left < length)
            {
                (Place, _isFound) = (start + _left, true);
            }

            _left -= length;
        }
    }
}
