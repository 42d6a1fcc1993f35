namespace HaproxyKit.Catalog;

/// <summary>What is looked for among the steps that can come next.</summary>
internal enum MatchTarget
{
    /// <summary>A fixed word, or a name of a class.</summary>
    FixedWord,

    /// <summary>A value.</summary>
    Value,

    /// <summary>The end of the line.</summary>
    End,
}
