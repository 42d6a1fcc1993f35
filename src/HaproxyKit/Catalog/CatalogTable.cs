using System.Buffers.Binary;

namespace HaproxyKit.Catalog;

/// <summary>
/// The frozen table: the text of <c>catalog.tsv</c>, and an index of the words of its names that is built in one pass
/// on first use.
/// </summary>
internal sealed class CatalogTable
{
    internal const int NoNode = -1;

    private const string Resource = "HaproxyKit.Catalog.catalog.tsv";
    private const int SlotCount = 16384;

    private readonly byte[] _text;
    private readonly CatalogRow[] _rows = new CatalogRow[6144];
    private readonly CatalogNode[] _nodes = new CatalogNode[8192];
    private readonly ushort[] _slots = new ushort[SlotCount];
    private readonly Signature?[] _signatures;
    private int _rowCount;
    private int _nodeCount;

    internal CatalogTable(byte[] text)
    {
        _text = text;
        // The first nodes are the roots, one for each class.
        _nodeCount = (int)EntryClass.CliCommand + 1;
        Index();
        _signatures = new Signature?[_rowCount];
    }

    /// <summary>The table of this library.</summary>
    internal static CatalogTable Instance { get; } = new(ReadResource());

    internal int RowCount => _rowCount;

    internal int NodeCount => _nodeCount;

    internal ReadOnlySpan<byte> Text => _text;

    /// <summary>
    /// The node below which the names of a class stand. Lines of sections share one, so that one walk over the words
    /// of a line finds keywords, options and actions alike.
    /// </summary>
    internal static int Root(EntryClass @class) =>
        (int)(@class is EntryClass.Ruleset or EntryClass.Action or EntryClass.Option or EntryClass.Filter ? EntryClass.Keyword : @class);

    internal ref readonly CatalogRow Row(int row) => ref _rows[row];

    internal ref readonly CatalogNode Node(int node) => ref _nodes[node];

    internal ReadOnlySpan<byte> Name(int row) => _text.AsSpan(_rows[row].NameStart, _rows[row].NameLength);

    /// <summary>A column behind "deprecated": 0 successor, 1 traits, 2 signature.</summary>
    internal ReadOnlySpan<byte> Column(int row, int column)
    {
        var rest = _text.AsSpan(_rows[row].SuccessorStart);
        for (; column > 0; column--)
        {
            rest = rest[(rest.IndexOf((byte)'\t') + 1)..];
        }

        var end = rest.IndexOfAny((byte)'\t', (byte)'\n');
        var value = rest[..end];
        return value is [(byte)'-'] ? [] : value;
    }

    /// <summary>The compiled signature of a row; the same object each time.</summary>
    internal Signature SignatureOf(int row)
    {
        if (Volatile.Read(ref _signatures[row]) is { } known)
        {
            return known;
        }

        var column = Column(row, 2);
        var signature = Signature.Compile(column.ToArray());
        return Interlocked.CompareExchange(ref _signatures[row], signature, null) ?? signature;
    }

    /// <summary>The node of a word below another node; names in full come before prefixes.</summary>
    internal int Child(int parent, ReadOnlySpan<byte> word)
    {
        var node = Find(parent, word, isPrefix: false);
        return node == NoNode && _nodes[parent].PrefixLengths != 0 ? PrefixChild(parent, word) : node;
    }

    private int PrefixChild(int parent, ReadOnlySpan<byte> word)
    {
        var lengths = _nodes[parent].PrefixLengths;
        var parenthesis = word.IndexOf((byte)'(');
        for (var length = Math.Min(parenthesis < 0 ? word.Length : parenthesis, 63); length > 0; length--)
        {
            if ((lengths >> length & 1) != 0 && Find(parent, word[..length], isPrefix: true) is var node and not NoNode)
            {
                return node;
            }
        }

        return NoNode;
    }

    private static byte[] ReadResource()
    {
        using var stream = typeof(CatalogTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the resource {Resource} is missing");
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }

    private void Index()
    {
        var reader = new CatalogReader(_text);
        while (reader.MoveNext())
        {
            if (_rowCount == _rows.Length)
            {
                throw new InvalidOperationException("the catalog has more rows than there is room for");
            }

            var row = reader.Current;
            _rows[_rowCount] = row;
            AddName(_rowCount++);
        }
    }

    private void AddName(int row)
    {
        ref readonly var entry = ref _rows[row];
        var node = Root(entry.Class);
        var start = entry.NameStart;
        var end = start + entry.NameLength;
        while (start < end)
        {
            var length = _text.AsSpan(start, end - start).IndexOf((byte)' ');
            length = length < 0 ? end - start : length;
            node = ChildOrNew(node, start, length, entry.IsPrefix && start + length == end);
            start += length + 1;
        }

        ref var last = ref _nodes[node];
        if (last.RowCount++ == 0)
        {
            last.FirstRow = row;
        }
    }

    private int ChildOrNew(int parent, int start, int length, bool isPrefix)
    {
        var word = _text.AsSpan(start, length);
        var slot = Hash(parent, word, isPrefix) & (SlotCount - 1);
        for (; _slots[slot] != 0; slot = (slot + 1) & (SlotCount - 1))
        {
            if (Is(_slots[slot], parent, word, isPrefix))
            {
                return _slots[slot];
            }
        }

        if (_nodeCount == _nodes.Length)
        {
            throw new InvalidOperationException("the catalog has more names than there is room for");
        }

        var node = _nodeCount++;
        _slots[slot] = (ushort)node;
        _nodes[node].Parent = parent;
        _nodes[node].WordStart = start;
        _nodes[node].WordLength = (short)length;
        _nodes[node].IsPrefix = isPrefix;
        _nodes[parent].HasChildren = true;
        _nodes[parent].PrefixLengths |= isPrefix ? 1ul << length : 0;
        return node;
    }

    private int Find(int parent, ReadOnlySpan<byte> word, bool isPrefix)
    {
        var slot = Hash(parent, word, isPrefix) & (SlotCount - 1);
        for (; _slots[slot] != 0; slot = (slot + 1) & (SlotCount - 1))
        {
            if (Is(_slots[slot], parent, word, isPrefix))
            {
                return _slots[slot];
            }
        }

        return NoNode;
    }

    private bool Is(int node, int parent, ReadOnlySpan<byte> word, bool isPrefix)
    {
        ref readonly var known = ref _nodes[node];
        return known.Parent == parent && known.IsPrefix == isPrefix
            && word.SequenceEqual(_text.AsSpan(known.WordStart, known.WordLength));
    }

    /// <summary>Mixes both ends of the word, its length, and the node that it stands below.</summary>
    private static int Hash(int parent, ReadOnlySpan<byte> word, bool isPrefix)
    {
        ulong first;
        ulong last;
        if (word.Length >= sizeof(ulong))
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(word);
            last = BinaryPrimitives.ReadUInt64LittleEndian(word[^sizeof(ulong)..]);
        }
        else if (word.Length >= sizeof(uint))
        {
            first = BinaryPrimitives.ReadUInt32LittleEndian(word);
            last = BinaryPrimitives.ReadUInt32LittleEndian(word[^sizeof(uint)..]);
        }
        else
        {
            first = word.IsEmpty ? 0u : word[0];
            last = word.IsEmpty ? 0u : ((uint)word[^1] << 8) | word[word.Length / 2];
        }

        var seed = ((ulong)(uint)parent << 9) | ((ulong)(uint)word.Length << 1) | (isPrefix ? 1u : 0u);
        var hash = (first * 0x9E3779B97F4A7C15) ^ (ulong.RotateLeft(last, 29) * 0xC2B2AE3D27D4EB4F);
        hash = (hash ^ (hash >> 31) ^ seed) * 0x9E3779B97F4A7C15;
        return (int)(hash >> 40);
    }
}
