namespace HaproxyKit.Comparison;

/// <summary>What became of a section, a line or a word.</summary>
public enum ChangeKind
{
    /// <summary>It stands only in the later document.</summary>
    Added,

    /// <summary>It stands only in the earlier document.</summary>
    Removed,

    /// <summary>It is the same one by its name or place, and says something else.</summary>
    Changed,

    /// <summary>It says the same at another place, where the order matters or another condition decides.</summary>
    Moved,
}
