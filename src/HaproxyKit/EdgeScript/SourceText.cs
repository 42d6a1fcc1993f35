using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>The bytes of a script and where its lines begin.</summary>
internal sealed class SourceText
{
    private readonly byte[] _bytes;
    private readonly int[] _lineStarts;

    internal SourceText(byte[] bytes, string? path)
    {
        _bytes = bytes;
        Path = path;
        _lineStarts = new int[bytes.AsSpan().Count((byte)'\n') + 1];
        for (var i = 1; i < _lineStarts.Length; i++)
        {
            _lineStarts[i] = _lineStarts[i - 1] + bytes.AsSpan(_lineStarts[i - 1]).IndexOf((byte)'\n') + 1;
        }
    }

    internal string? Path { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    internal ReadOnlySpan<byte> this[TextSpan span] => _bytes.AsSpan(span.Start, span.Length);

    internal string Text(TextSpan span) => Encoding.UTF8.GetString(this[span]);

    /// <summary>The line in which an offset lies, from 1.</summary>
    internal int LineOf(int offset)
    {
        var index = Array.BinarySearch(_lineStarts, offset);
        return index < 0 ? ~index : index + 1;
    }

    internal Diagnostic Diagnose(
        string id, TextSpan span, string message, string? hint = null, DiagnosticSeverity severity = DiagnosticSeverity.Error)
    {
        var line = LineOf(span.Start);
        var start = _lineStarts[line - 1];
        var end = line < _lineStarts.Length ? _lineStarts[line] - 1 : _bytes.Length;
        end -= end > start && _bytes[end - 1] == (byte)'\r' ? 1 : 0;
        return new Diagnostic
        {
            Id = id,
            Severity = severity,
            Message = message,
            Hint = hint,
            Location = new DiagnosticLocation
            {
                File = Path,
                Line = line,
                Column = span.Start - start + 1,
                Span = span,
                LineText = _bytes.AsMemory(start, end - start),
            },
        };
    }
}
