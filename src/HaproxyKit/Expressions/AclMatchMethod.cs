namespace HaproxyKit.Expressions;

/// <summary>How the patterns of an ACL are matched, as <c>-m</c> names it (configuration manual, chapter 7.1).</summary>
public enum AclMatchMethod
{
    /// <summary>None is named: the sample's type or the ACL keyword decides.</summary>
    Unspecified,

    /// <summary><c>found</c>: whether there is a sample at all.</summary>
    Found,

    /// <summary><c>bool</c>: as a boolean.</summary>
    Boolean,

    /// <summary><c>int</c>: as a number.</summary>
    Number,

    /// <summary><c>ip</c>: as an address or network.</summary>
    Address,

    /// <summary><c>bin</c>: as the hexadecimal form of bytes.</summary>
    Binary,

    /// <summary><c>len</c>: by its length, a number.</summary>
    Length,

    /// <summary><c>str</c>: as a string.</summary>
    Exact,

    /// <summary><c>beg</c>: as what the string begins with.</summary>
    Beginning,

    /// <summary><c>sub</c>: as what the string holds.</summary>
    Substring,

    /// <summary><c>dir</c>: as a part of a path, between slashes.</summary>
    Directory,

    /// <summary><c>dom</c>: as a part of a host name, between dots.</summary>
    Domain,

    /// <summary><c>end</c>: as what the string ends with.</summary>
    End,

    /// <summary><c>reg</c>: as a regular expression.</summary>
    Regex,
}
