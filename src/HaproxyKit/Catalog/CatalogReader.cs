using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>
/// Reads the lines of <c>catalog.tsv</c>: class, name, sections, since, removed, deprecated, successor, traits,
/// signature. The table is the library's own and a test reads all of it, so that nothing is checked here.
/// </summary>
internal ref struct CatalogReader
{
    private const uint EverySection = ~CatalogRow.NamedDefaultsOnly;

    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private ReadOnlySpan<byte> _sectionsText;
    private (uint Sections, uint Ignored) _sections;

    internal CatalogReader(ReadOnlySpan<byte> text)
    {
        _text = text;
        _at = text.IndexOf((byte)'\n') + 1;
        _sectionsText = "-"u8;
        _sections = (EverySection, 0);
    }

    internal CatalogRow Current { get; private set; }

    internal bool MoveNext()
    {
        if (_at >= _text.Length)
        {
            return false;
        }

        var @class = ClassOf(Next());
        var nameStart = _at;
        var name = Next();
        var isPrefix = name[^1] == '*';
        var (sections, ignored) = Sections(Next());
        Current = new CatalogRow
        {
            Class = @class,
            NameStart = nameStart,
            NameLength = (short)(isPrefix ? name.Length - 1 : name.Length),
            IsPrefix = isPrefix,
            Sections = sections,
            IgnoredIn = ignored,
            Since = Version(Next(), 0),
            Removed = Version(Next(), CatalogRow.Never),
            Deprecated = Version(Next(), CatalogRow.Never),
            SuccessorStart = _at,
        };
        _at += _text[_at..].IndexOf((byte)'\n') + 1;
        return true;
    }

    /// <summary>
    /// The set of sections that a column names, by letters or by keywords. Those behind a tilde ignore the word.
    /// </summary>
    internal static (uint Sections, uint Ignored) SectionsOf(ReadOnlySpan<byte> column)
    {
        if (column is [(byte)'-'])
        {
            return (EverySection, 0);
        }

        var sections = 0u;
        var ignored = 0u;
        while (!column.IsEmpty)
        {
            var comma = column.IndexOf((byte)',');
            var item = comma < 0 ? column : column[..comma];
            column = comma < 0 ? [] : column[(comma + 1)..];
            var tilde = item.IndexOf((byte)'~');
            var behind = tilde < 0 ? 0 : Bits(item[(tilde + 1)..]);
            ignored |= behind;
            sections |= behind | Bits(tilde < 0 ? item : item[..tilde]);
        }

        return (sections, ignored);
    }

    private static uint Bits(ReadOnlySpan<byte> item) =>
        SectionKeywords.KindOf(item) is var kind and not SectionKind.None ? 1u << (int)kind
        : item.SequenceEqual("server"u8) ? CatalogRow.OnServer
        : item.SequenceEqual("server-template"u8) ? CatalogRow.OnServerTemplate
        : item.SequenceEqual("default-server"u8) ? CatalogRow.OnDefaultServer
        : Letters(item);

    private static uint Letters(ReadOnlySpan<byte> letters)
    {
        var sections = 0u;
        foreach (var letter in letters)
        {
            sections |= letter switch
            {
                (byte)'D' => 1u << (int)SectionKind.Defaults,
                (byte)'d' => (1u << (int)SectionKind.Defaults) | CatalogRow.NamedDefaultsOnly,
                (byte)'F' => 1u << (int)SectionKind.Frontend,
                (byte)'L' => 1u << (int)SectionKind.Listen,
                (byte)'B' => 1u << (int)SectionKind.Backend,
                _ => 0,
            };
        }

        return sections;
    }

    private static short Version(ReadOnlySpan<byte> column, short none)
    {
        if (column is [(byte)'-'])
        {
            return none;
        }

        var dot = column.IndexOf((byte)'.');
        return (short)((Number(column[..dot]) * 100) + Number(column[(dot + 1)..]));
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            number = (number * 10) + digit - '0';
        }

        return number;
    }

    private static EntryClass ClassOf(ReadOnlySpan<byte> column) => column[0] switch
    {
        (byte)'k' => EntryClass.Keyword,
        (byte)'o' => EntryClass.Option,
        (byte)'r' => EntryClass.Ruleset,
        (byte)'b' => EntryClass.BindWord,
        (byte)'a' => column is [_, (byte)'c', (byte)'t', ..] ? EntryClass.Action : EntryClass.AclAlias,
        (byte)'f' => column is [_, (byte)'e', ..] ? EntryClass.Fetch : EntryClass.Filter,
        (byte)'c' => column[1] switch
        {
            (byte)'l' => EntryClass.CliCommand,
            (byte)'r' => EntryClass.CrtListWord,
            _ => EntryClass.Converter,
        },
        _ => column switch
        {
            [_, (byte)'e', (byte)'c', ..] => EntryClass.Section,
            [.., (byte)'r'] => EntryClass.ServerWord,
            _ => EntryClass.Service,
        },
    };

    private ReadOnlySpan<byte> Next()
    {
        var rest = _text[_at..];
        var column = rest[..rest.IndexOf((byte)'\t')];
        _at += column.Length + 1;
        return column;
    }

    private (uint Sections, uint Ignored) Sections(ReadOnlySpan<byte> column)
    {
        if (!column.SequenceEqual(_sectionsText))
        {
            _sectionsText = column;
            _sections = SectionsOf(column);
        }

        return _sections;
    }
}
