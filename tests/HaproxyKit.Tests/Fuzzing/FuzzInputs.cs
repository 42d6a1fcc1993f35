using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Fuzzing;

/// <summary>
/// An endless row of inputs from a seed: what the generators of the laws make, pieces of the corpus, and both of them broken.
/// </summary>
internal sealed class FuzzInputs
{
    private const int LongestInput = 4_096;
    private const int GeneratedAtATime = 200;
    private const int VariantsOfEach = 24;

    private static readonly byte[][] Pieces = [.. CorpusPieces()];

    private readonly Random _random;
    private readonly List<byte[]> _pool = [];
    private Rnd _generator;

    internal FuzzInputs(ulong seed)
    {
        _random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        _generator = new Rnd(seed);
    }

    /// <summary>The inputs, one after the other.</summary>
    internal IEnumerable<byte[]> All()
    {
        while (true)
        {
            Refill();
            foreach (var input in _pool)
            {
                yield return input;
            }

            for (var i = 0; i < _pool.Count * (VariantsOfEach - 1); i++)
            {
                yield return Broken(_pool[_random.Next(_pool.Count)]);
            }
        }
    }

    private void Refill()
    {
        _pool.Clear();
        foreach (var arbitrary in new[] { HostileText.Lines, HostileText.Line, SectionedText.Texts })
        {
            _pool.AddRange(arbitrary.Generator.Sample(_random.Next(1, 40), _generator, GeneratedAtATime).Select(Cut));
            _generator = new Rnd((ulong)_random.NextInt64());
        }

        for (var i = 0; i < GeneratedAtATime; i++)
        {
            _pool.Add(Pieces[_random.Next(Pieces.Length)]);
        }
    }

    private byte[] Broken(byte[] input)
    {
        var bytes = new List<byte>(input);
        for (var edits = _random.Next(1, 6); edits > 0; edits--)
        {
            BreakOnce(bytes);
        }

        return Cut([.. bytes]);
    }

    private void BreakOnce(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, _random.Next(1, 1 + _random.Next(1, 64)));
        switch (_random.Next(6))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.InsertRange(at, SomeWord());
                break;
            case 4:
                bytes.Insert(at, (byte)"\"'\\# \t\r\n\0$%{}[](),:/@.-!|"[_random.Next(25)]);
                break;
            default:
                var moved = bytes.GetRange(at, length);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(_random.Next(bytes.Count + 1), moved);
                break;
        }
    }

    private byte[] SomeWord()
    {
        var piece = Pieces[_random.Next(Pieces.Length)];
        var from = _random.Next(piece.Length + 1);
        return piece[from..Math.Min(piece.Length, from + _random.Next(1, 40))];
    }

    private static byte[] Cut(byte[] input) => input.Length <= LongestInput ? input : input[..LongestInput];

    /// <summary>Whole sections where they are short, and runs of lines of the longer ones.</summary>
    private static IEnumerable<byte[]> CorpusPieces() =>
        from file in CorpusFiles.All
        from section in ConfigDocument.Parse(file.Bytes.Span).Sections
        from lines in section.Lines.Take(2_000).Chunk(24)
        select Cut([.. lines.SelectMany(line => line.Bytes.ToArray())]);
}
