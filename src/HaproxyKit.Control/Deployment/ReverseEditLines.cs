using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>The reverse of a change within one section that others have changed too, line by line.</summary>
internal sealed class ReverseEditLines
{
    private const int None = ReverseEditAlignment.None;
    private readonly SectionSyntax _before;
    private readonly SectionSyntax _current;
    private readonly int[] _was;
    private readonly int[] _left;
    private readonly int[] _now;
    private readonly int[] _untouched;
    private readonly int[] _standing;
    private readonly int[] _back;

    /// <summary>For each line of the current section what stands in front of it and whether it stays.</summary>
    private readonly (List<int> Inserted, bool IsRemoved)[] _edits;
    private readonly List<(int Line, string Reason)> _obstacles = [];

    private ReverseEditLines(SectionSyntax before, SectionSyntax after, SectionSyntax current)
    {
        (_before, _current) = (before, current);
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        (_was, _left, _now) = (KeysOf(before, keys), KeysOf(after, keys), KeysOf(current, keys));
        _untouched = ReverseEditAlignment.Align(_left, _was);
        _standing = ReverseEditAlignment.Align(_left, _now);
        _back = ReverseEditAlignment.Align(_was, _now);
        _edits = new (List<int>, bool)[_now.Length + 1];
        for (var i = 0; i < _edits.Length; i++)
        {
            _edits[i] = ([], false);
        }
    }

    /// <summary>The current section without the change, and the lines of it (from 0) where that could not be.</summary>
    internal static (byte[] Text, IReadOnlyList<(int Line, string Reason)> Obstacles) Reverse(
        SectionSyntax before, SectionSyntax after, SectionSyntax current)
    {
        var lines = new ReverseEditLines(before, after, current);
        lines.ReverseHunks();
        if (lines.KeepsCounts())
        {
            return (lines.Compose(), lines._obstacles);
        }

        var reason = "lines that the change moved cannot be told from those that others have written since";
        return (current.Bytes.ToArray(), [(Math.Max(0, current.HeaderLine), reason)]);
    }

    private void ReverseHunks()
    {
        for (int left = 0, was = 0; left < _left.Length || was < _was.Length;)
        {
            var (leftEnd, wasEnd) = (left, was);
            while (leftEnd < _left.Length && _untouched[leftEnd] == None)
            {
                leftEnd++;
            }

            wasEnd = leftEnd < _left.Length ? _untouched[leftEnd] : _was.Length;
            if (leftEnd > left || wasEnd > was)
            {
                ReverseHunk(left..leftEnd, was..wasEnd);
            }

            (left, was) = (leftEnd + 1, wasEnd + 1);
        }
    }

    /// <summary>Lines that the change left are taken out, and those that it took out put back.</summary>
    private void ReverseHunk(Range left, Range was)
    {
        var standing = _standing[left];
        var back = _back[was];
        var isWhole = standing.All(line => line != None);
        if (standing.Length == 0 ? back.All(line => line != None) : !isWhole && IsUndoneAlready(standing, back))
        {
            return;
        }

        if (!isWhole)
        {
            Leave(left.Start.Value, "the change's lines were changed by others since");
        }
        else if (back.Length == 0)
        {
            Remove(standing);
        }
        else if (standing.Length == 0)
        {
            PutBack(left.Start.Value, was);
        }
        else if (standing[^1] - standing[0] == standing.Length - 1)
        {
            Remove(standing);
            Insert(standing[0], was);
        }
        else
        {
            Leave(left.Start.Value, "others have written between the lines of the change since");
        }
    }

    private static bool IsUndoneAlready(int[] standing, int[] back) =>
        standing.All(line => line == None) && back.All(line => line != None);

    /// <summary>Lines that the change only took out come back where the lines around them stand together as it left them.</summary>
    private void PutBack(int at, Range was)
    {
        var previous = at == 0 ? -1 : _standing[at - 1];
        var next = at == _left.Length ? _now.Length : _standing[at];
        if ((at > 0 && previous == None) || next == None || next != previous + 1)
        {
            Leave(at, "a line is missing here, and others have written in its place since");
            return;
        }

        Insert(next, was);
    }

    private void Remove(int[] lines)
    {
        foreach (var line in lines)
        {
            _edits[line].IsRemoved = true;
        }
    }

    private void Insert(int at, Range was) => _edits[at].Inserted.AddRange(Enumerable.Range(0, _was.Length).Take(was));

    /// <summary>Names the line behind the last one that is known to stand before the place.</summary>
    private void Leave(int at, string reason)
    {
        var previous = _standing.Take(at).LastOrDefault(line => line != None, None);
        _obstacles.Add((Math.Clamp(previous + 1, 0, _now.Length - 1), reason));
    }

    /// <summary>Whether no line goes oftener than the change added it, and none comes oftener than it removed it.</summary>
    private bool KeepsCounts()
    {
        var owed = new Dictionary<int, int>();
        Array.ForEach(_was, key => CollectionsMarshal.GetValueRefOrAddDefault(owed, key, out _)++);
        Array.ForEach(_left, key => CollectionsMarshal.GetValueRefOrAddDefault(owed, key, out _)--);
        var made = new Dictionary<int, int>();
        for (var i = 0; i < _edits.Length; i++)
        {
            _edits[i].Inserted.ForEach(line => CollectionsMarshal.GetValueRefOrAddDefault(made, _was[line], out _)++);
            if (_edits[i].IsRemoved)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(made, _now[i], out _)--;
            }
        }

        return made.All(change => change.Value >= Math.Min(0, owed.GetValueOrDefault(change.Key))
            && change.Value <= Math.Max(0, owed.GetValueOrDefault(change.Key)));
    }

    private byte[] Compose()
    {
        var text = new ArrayBufferWriter<byte>(_current.Length + 256);
        for (var i = 0; i < _edits.Length; i++)
        {
            foreach (var line in _edits[i].Inserted)
            {
                Write(text, _before[line]);
            }

            if (i < _now.Length && !_edits[i].IsRemoved)
            {
                Write(text, _current[i]);
            }
        }

        return text.WrittenSpan.ToArray();
    }

    /// <summary>Only the last line of a file may lack its line ending.</summary>
    private static void Write(ArrayBufferWriter<byte> text, ConfigLine line)
    {
        if (text.WrittenCount > 0 && text.WrittenSpan[^1] != '\n')
        {
            text.Write("\n"u8);
        }

        text.Write(line.Bytes.Span);
    }

    private static int[] KeysOf(SectionSyntax section, Dictionary<string, int> keys) =>
    [
        .. section.Lines.Select(line =>
        {
            ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(
                keys, Encoding.Latin1.GetString(line.Bytes.Span.TrimEnd((byte)'\n')), out var isKnown);
            return key = isKnown ? key : keys.Count;
        }),
    ];
}
