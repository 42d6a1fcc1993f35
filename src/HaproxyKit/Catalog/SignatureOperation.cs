namespace HaproxyKit.Catalog;

/// <summary>What one step of a compiled signature does.</summary>
internal enum SignatureOperation : byte
{
    /// <summary>The signature ends.</summary>
    End,

    /// <summary>A fixed word: its place in the text.</summary>
    Literal,

    /// <summary>A word of which the part at an asterisk is open: its place in the text.</summary>
    Pattern,

    /// <summary>A value: the number of its slot.</summary>
    Value,

    /// <summary>Any words up to the end of the line: the number of their slot.</summary>
    Rest,

    /// <summary>Goes on at two places, the first one first.</summary>
    Split,

    /// <summary>Goes on elsewhere.</summary>
    Jump,

    /// <summary>
    /// Any number of words of a class, each with what its own signature asks for: the class, and the lines that they
    /// must be legal on.
    /// </summary>
    Words,

    /// <summary>A rule of a ruleset with what its signature asks for: the place of the ruleset's name.</summary>
    Rule,

    /// <summary><c>if</c> or <c>unless</c> with a condition, or nothing.</summary>
    Condition,
}
