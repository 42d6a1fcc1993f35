namespace HaproxyKit.Tool.Output;

/// <summary>What a selector found, as JSON.</summary>
internal sealed record SelectedJson
{
    /// <summary>For example <c>backend/web/server/s1</c>.</summary>
    public required string Selector { get; init; }

    public string? File { get; init; }

    /// <summary>From 1.</summary>
    public required int Line { get; init; }

    /// <summary>The decoded words of the line, or of a section's header.</summary>
    public required string[] Words { get; init; }

    /// <summary>The line, or the whole section, as it is written.</summary>
    public required string Text { get; init; }
}
