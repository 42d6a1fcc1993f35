namespace HaproxyKit.Control.Runtime;

/// <summary>What a socket of the Runtime API allows (<c>stats socket ... level</c>; management guide, 9.3).</summary>
public enum RuntimeLevel
{
    /// <summary>Shows what is not sensitive. Up to 3.2 maps and acl files can be changed all the same.</summary>
    User,

    /// <summary>Shows everything, and clears counters.</summary>
    Operator,

    /// <summary>Shows and changes everything.</summary>
    Admin,
}
