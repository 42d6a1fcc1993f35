namespace HaproxyKit.Catalog;

/// <summary>One word of a name, below the words before it.</summary>
internal struct CatalogNode
{
    internal int Parent;
    internal int WordStart;
    internal short WordLength;

    /// <summary>Whether the word is a prefix of what is written: <c>set-var</c> of <c>set-var(txn.x)</c>.</summary>
    internal bool IsPrefix;

    /// <summary>The rows whose name ends here stand one after another.</summary>
    internal short RowCount;
    internal int FirstRow;

    /// <summary>One bit for each length that a prefix below this node has.</summary>
    internal ulong PrefixLengths;

    /// <summary>Whether a longer name begins here.</summary>
    internal bool HasChildren;
}
