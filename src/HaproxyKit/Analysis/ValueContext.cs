using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis;

/// <summary>One value of a line, as the rules about its kind see it.</summary>
internal readonly ref struct ValueContext
{
    private readonly int _at;

    internal ValueContext(LineContext line, int word, ReadOnlySpan<byte> value, SignatureSlot slot, CatalogEntry entry, int at)
    {
        Line = line;
        Word = word;
        Value = value;
        Slot = slot;
        Entry = entry;
        _at = at;
    }

    internal LineContext Line { get; }

    /// <summary>The word that the value is, or stands in.</summary>
    internal int Word { get; }

    /// <summary>The decoded value.</summary>
    internal ReadOnlySpan<byte> Value { get; }

    internal SignatureSlot Slot { get; }

    /// <summary>Whose value it is.</summary>
    internal CatalogEntry Entry { get; }

    internal string Text => System.Text.Encoding.UTF8.GetString(Value);

    /// <summary>What the value is called in messages.</summary>
    internal string Owner => Entry.Exists ? Entry.Name : Line.Text(Line.First);

    internal void Error(string id, string message, string? hint = null) =>
        Report(DiagnosticSeverity.Error, id, 0, Value.Length, message, hint);

    /// <summary>A finding about a part of the value; about the whole word where quotes hide where the part stands.</summary>
    internal void Report(DiagnosticSeverity severity, string id, int start, int length, string message, string? hint = null)
    {
        var span = Line.Words.SpanOf(Word);
        var part = _at >= 0 ? new TextSpan(span.Start + _at + start, Math.Min(length, span.Length)) : span;
        Line.Run.Report(severity, id, Line.Run.SiteOf(part), message, hint);
    }
}
