using System.Collections.Immutable;

namespace HaproxyKit.EdgeScript;

/// <summary>Gives each statement its comments, walking over both in the order of the text.</summary>
internal sealed class CommentAssignment(SourceText text, ImmutableArray<EdgeComment> comments)
{
    private int _next;

    /// <summary>The comments of a statement; the statements must be asked for in order.</summary>
    internal ImmutableArray<EdgeComment> Of(StatementSource source)
    {
        var span = source.Span;
        var (first, last) = (text.LineOf(span.Start), text.LineOf(span.End));
        var earliest = _next;
        while (_next < comments.Length && comments[_next].Span.Start < span.Start)
        {
            _next++;
        }

        // Upwards from the header, as long as each line above is a comment and nothing else.
        var begin = _next;
        for (var line = first - 1; begin > earliest && comments[begin - 1] is { IsAlone: true } above && text.LineOf(above.Span.Start) == line; line--)
        {
            begin--;
        }

        while (_next < comments.Length && text.LineOf(comments[_next].Span.Start) <= last)
        {
            _next++;
        }

        return [.. comments.AsSpan(begin, _next - begin)];
    }
}
