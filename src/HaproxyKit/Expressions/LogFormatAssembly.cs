using System.Collections.Immutable;
using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Expressions;

/// <summary>Makes the tree of a log format from its pieces.</summary>
internal static class LogFormatAssembly
{
    internal static LogFormat Assemble(IEnumerable<LogFormatPiece> pieces, ByteReading reading)
    {
        var parts = ImmutableArray.CreateBuilder<LogFormatPart>();
        var value = new StringBuilder();
        var start = 0;
        foreach (var piece in pieces)
        {
            if (piece.Literal is { } literal)
            {
                value.Append(reading.TextOf(literal));
                continue;
            }

            TakeLiteral(piece.Span.Start);
            parts.Add(ItemOf(piece, reading));
            start = piece.Span.End;
        }

        TakeLiteral(reading.Text.Length);
        return new LogFormat(new ExpressionList<LogFormatPart>(parts.ToImmutable()));

        void TakeLiteral(int end)
        {
            if (end > start)
            {
                var span = TextSpan.Between(start, end);
                parts.Add(new LogFormatLiteral(value.ToString(), reading.TextOf(span), span));
                value.Clear();
            }
        }
    }

    private static LogFormatItem ItemOf(LogFormatPiece piece, ByteReading reading)
    {
        LogFormatItem item = piece.Expression is { } expression
            ? new LogFormatExpressionItem(expression)
            : new LogFormatAliasItem(reading.TextOf(piece.Alias!.Value));
        return item with
        {
            Span = piece.Span,
            ItemName = TextOf(piece.ItemName),
            ItemType = TextOf(piece.ItemType),
            Flags = TextOf(piece.Flags),
        };

        string? TextOf(TextSpan? span) => span is { } place ? reading.TextOf(place) : null;
    }
}
