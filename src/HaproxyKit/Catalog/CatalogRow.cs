namespace HaproxyKit.Catalog;

/// <summary>What queries need of one line of the table; the rest is read from the line when asked for.</summary>
internal readonly struct CatalogRow
{
    /// <summary>Stands for "never" where a version is expected.</summary>
    internal const short Never = short.MaxValue;

    /// <summary>The oldest version that is known; what went before it is only known to have been.</summary>
    internal const short Oldest = 206;

    /// <summary>Marks rows that are legal in those <c>defaults</c> only that have a name.</summary>
    internal const uint NamedDefaultsOnly = 1u << 31;

    /// <summary>Marks words that are legal on <c>server</c> lines.</summary>
    internal const uint OnServer = 1u << 28;

    /// <summary>Marks words that are legal on <c>server-template</c> lines.</summary>
    internal const uint OnServerTemplate = 1u << 29;

    /// <summary>Marks words that are legal on <c>default-server</c> lines.</summary>
    internal const uint OnDefaultServer = 1u << 30;

    internal required int NameStart { get; init; }

    internal required short NameLength { get; init; }

    internal required EntryClass Class { get; init; }

    internal required bool IsPrefix { get; init; }

    internal required short Since { get; init; }

    internal required short Removed { get; init; }

    internal required short Deprecated { get; init; }

    /// <summary>One bit for each kind of section, and the marks above.</summary>
    internal required uint Sections { get; init; }

    /// <summary>The sections that take it with a warning that it is ignored there; they are among the above.</summary>
    internal required uint IgnoredIn { get; init; }

    /// <summary>Where the column "successor" begins; behind it come "traits" and "signature".</summary>
    internal required int SuccessorStart { get; init; }

    /// <summary>A version as a number that grows with it.</summary>
    internal static short Code(HaproxyVersion version) =>
        (short)Math.Clamp((version.Major * 100L) + Math.Clamp(version.Minor, 0, 99), 1, Never - 1);

    internal static HaproxyVersion Version(short code) => new(code / 100, code % 100);

    /// <summary>Whether a version has the row. 0 stands for any version.</summary>
    internal bool IsIn(short version) => version == 0 ? Removed > Oldest : version >= Since && version < Removed;
}
