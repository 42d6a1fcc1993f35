using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>Goes down the names of the catalog by the words of a line, one word at a time.</summary>
internal ref struct NameWalk
{
    private const int LongestDecodedWord = 256;

    private readonly bool _hasModifiers;

    internal NameWalk(WordEnumerator words, int root, bool hasModifiers)
    {
        Arguments = words;
        Node = root;
        _hasModifiers = hasModifiers;
        Status = LookupStatus.Empty;
    }

    /// <summary>The words behind those that were found.</summary>
    internal WordEnumerator Arguments { get; private set; }

    internal int Node { get; private set; }

    internal int NameIndex { get; private set; }

    internal bool IsNegated { get; private set; }

    internal int ArgumentIndex { get; private set; }

    internal Word NameWord { get; private set; }

    internal Word UnknownWord { get; private set; }

    /// <summary>Why the walk is over.</summary>
    internal LookupStatus Status { get; private set; }

    internal bool MoveNext(CatalogTable table)
    {
        if (Node != CatalogTable.NoNode && !table.Node(Node).HasChildren)
        {
            return false;
        }

        var words = Arguments;
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

        UnknownWord = word;
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
        NameWord = word;
        Arguments = words;
        return true;
    }

    private readonly int DecodedChild(CatalogTable table, scoped in Word word)
    {
        Span<byte> buffer = stackalloc byte[LongestDecodedWord];
        return table.Child(Node, word.Raw.Length <= buffer.Length ? buffer[..word.Decode(buffer)] : word.ToBytes());
    }
}
