namespace HaproxyKit.Catalog;

/// <summary>What an entry of the catalog names.</summary>
public enum EntryClass : byte
{
    /// <summary>Nothing: the entry of a lookup that found none.</summary>
    None,

    /// <summary>A word that opens a section; its signature is the rest of the header.</summary>
    Section,

    /// <summary>A line of a section, such as <c>timeout client</c> (chapters 3 to 12).</summary>
    Keyword,

    /// <summary>
    /// The first words of longer names, such as <c>http-request</c> or <c>filter</c>: no line by themselves.
    /// </summary>
    Ruleset,

    /// <summary>A rule of a ruleset, such as <c>http-request set-header</c> (chapter 4.3).</summary>
    Action,

    /// <summary>An option of a proxy, such as <c>option httpchk</c> (chapter 4.2).</summary>
    Option,

    /// <summary>A word of a <c>bind</c> line (chapter 5.1).</summary>
    BindWord,

    /// <summary>A word of a <c>server</c> line (chapter 5.2).</summary>
    ServerWord,

    /// <summary>A word in brackets of a line in a <c>crt-list</c> file (chapter 5.1).</summary>
    CrtListWord,

    /// <summary>A sample fetch method, such as <c>req.hdr</c> (chapter 7.3).</summary>
    Fetch,

    /// <summary>A converter of samples, such as <c>lower</c> (chapter 7.3.1).</summary>
    Converter,

    /// <summary>A criterion of an ACL that stands for a fetch and a match, such as <c>path_beg</c> (chapter 7.1).</summary>
    AclAlias,

    /// <summary>A filter with its keyword, such as <c>filter compression</c> (chapter 9).</summary>
    Filter,

    /// <summary>A service of <c>use-service</c>.</summary>
    Service,

    /// <summary>A command of the runtime API (management guide, 9.3).</summary>
    CliCommand,
}
