using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>Goes down the names of the catalog by the words of a line, one word at a time.</summary>
internal struct NameWalk
{
    private const int LongestDecodedWord = 256;

    private readonly bool _hasModifiers;

    internal NameWalk(int root, bool hasModifiers)
    {
        Node = root;
        _hasModifiers = hasModifiers;
        Status = LookupStatus.Empty;
    }

    internal int Node { get; private set; }

    internal int NameIndex { get; private set; }

    internal bool IsNegated { get; private set; }

    /// <summary>How many words were found, with <c>no</c> or <c>default</c> before them.</summary>
    internal int ArgumentIndex { get; private set; }

    /// <summary>Why the walk is over.</summary>
    internal LookupStatus Status { get; private set; }

    /// <summary>Goes one word on.</summary>
    /// <param name="table">The names.</param>
    /// <param name="words">The words of the line, behind those that were found.</param>
    /// <returns>False where the walk is over.</returns>
    internal bool MoveNext<TWords>(CatalogTable table, ref TWords words)
        where TWords : struct, IWordSource, allows ref struct
    {
        if (Node != CatalogTable.NoNode && !table.Node(Node).HasChildren)
        {
            return false;
        }

        if (!words.MoveNext())
        {
            Status = ArgumentIndex == 0 ? LookupStatus.Empty : LookupStatus.Incomplete;
            return false;
        }

        var word = words.Current;
        if (_hasModifiers && ArgumentIndex == 0)
        {
            var isNegated = word.Is("no"u8);
            if ((isNegated || word.Is("default"u8)) && words.MoveNext())
            {
                IsNegated = isNegated;
                NameIndex = ArgumentIndex = 1;
                word = words.Current;
            }
        }

        if (word.HasVariables)
        {
            Status = LookupStatus.Indeterminate;
            return false;
        }

        var child = word.IsPlain ? table.Child(Node, word.Raw) : DecodedChild(table, in word);
        if (child == CatalogTable.NoNode)
        {
            Status = LookupStatus.Unknown;
            return false;
        }

        Node = child;
        ArgumentIndex++;
        return true;
    }

    private readonly int DecodedChild(CatalogTable table, scoped in Word word)
    {
        Span<byte> buffer = stackalloc byte[LongestDecodedWord];
        return table.Child(Node, word.Raw.Length <= buffer.Length ? buffer[..word.Decode(buffer)] : word.ToBytes());
    }
}
