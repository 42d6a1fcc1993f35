namespace HaproxyKit.Catalog;

/// <summary>How the words of a line fit a signature.</summary>
public enum MatchOutcome
{
    /// <summary>They fit.</summary>
    Complete,

    /// <summary>The line ends too early.</summary>
    Missing,

    /// <summary>A word does not fit; those behind it were not looked at.</summary>
    Unexpected,

    /// <summary>
    /// A word depends on an environment variable where its value decides what follows; the words from it on were not
    /// looked at.
    /// </summary>
    Indeterminate,
}
