namespace HaproxyKit.Tool.Output;

/// <summary>What the catalog says of a name, as JSON.</summary>
internal sealed record ExplanationJson
{
    public required string Name { get; init; }

    /// <summary>What it is: a keyword, an option, a word of a bind line ...</summary>
    public required string Kind { get; init; }

    /// <summary>What follows the name.</summary>
    public string? Signature { get; init; }

    /// <summary>The kinds of sections in which it is legal; empty where that is no question.</summary>
    public required string[] Sections { get; init; }

    /// <summary>The first version that has it; 2.6 stands for earlier ones too.</summary>
    public required string Since { get; init; }

    /// <summary>The first version that no longer has it.</summary>
    public string? Removed { get; init; }

    /// <summary>The first version that calls it deprecated.</summary>
    public string? Deprecated { get; init; }

    /// <summary>What to write instead.</summary>
    public string? Successor { get; init; }

    /// <summary>What else is known of it, each as a short sentence.</summary>
    public required string[] Notes { get; init; }
}
