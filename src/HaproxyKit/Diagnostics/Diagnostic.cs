namespace HaproxyKit.Diagnostics;

/// <summary>
/// One finding about a configuration, a request or a running HAProxy: what is wrong, where, and what helps.
/// </summary>
/// <remarks>Content never throws: whatever a file or a peer says wrong is told by values of this type.</remarks>
public sealed record Diagnostic
{
    /// <summary>The stable id, <c>HK</c> and four digits; see <see cref="DiagnosticIds"/>.</summary>
    public required string Id { get; init; }

    /// <summary>How grave it is.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>What is wrong, as one sentence without a final full stop.</summary>
    public required string Message { get; init; }

    /// <summary>What helps, or null where nothing can be advised.</summary>
    public string? Hint { get; init; }

    /// <summary>Where it is, or null where it concerns no place in a text.</summary>
    public DiagnosticLocation? Location { get; init; }

    /// <summary>The bytes meant, as offsets in the whole text; an empty span at 0 where there is no location.</summary>
    public TextSpan Span => Location?.Span ?? default;

    /// <summary>
    /// The finding for people: <c>file:line:column: severity id: message</c>, the line, a caret under the place, and
    /// the hint.
    /// </summary>
    /// <returns>One or more lines, separated by LF, without a final line ending.</returns>
    public string Render() => DiagnosticRenderer.Render(this);

    /// <summary>The finding on one line, without the source text.</summary>
    /// <returns><c>file:line:column: severity id: message</c>.</returns>
    public override string ToString() => DiagnosticRenderer.RenderHeading(this);
}
