namespace HaproxyKit.Catalog;

/// <summary>How a lookup ended.</summary>
public enum LookupStatus
{
    /// <summary>The words name an entry that is legal here.</summary>
    Found,

    /// <summary>There are no words.</summary>
    Empty,

    /// <summary>No entry begins with these words.</summary>
    Unknown,

    /// <summary>The words begin a longer name, and the line ends: <c>timeout</c>.</summary>
    Incomplete,

    /// <summary>The words name an entry, but the version does not have it, or no longer.</summary>
    OtherVersion,

    /// <summary>The words name an entry, but it is not legal in this section.</summary>
    OtherSection,

    /// <summary>A word of the name refers to an environment variable.</summary>
    Indeterminate,
}
