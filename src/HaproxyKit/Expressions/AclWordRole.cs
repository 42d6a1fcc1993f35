namespace HaproxyKit.Expressions;

/// <summary>What a word of a condition or of an <c>acl</c> line is.</summary>
public enum AclWordRole
{
    /// <summary><c>if</c> before the condition.</summary>
    If,

    /// <summary><c>unless</c> before the condition.</summary>
    Unless,

    /// <summary>One or more <c>!</c> alone, which negate what follows.</summary>
    Negation,

    /// <summary><c>or</c>, in any case, or <c>||</c>.</summary>
    Or,

    /// <summary>The name of an ACL.</summary>
    Name,

    /// <summary><c>{</c>, which begins an anonymous ACL.</summary>
    OpenBrace,

    /// <summary>The sample expression whose value is matched, or an ACL keyword such as <c>path_beg</c>.</summary>
    Sample,

    /// <summary>A flag such as <c>-i</c> or <c>-m</c>.</summary>
    Flag,

    /// <summary>The value of <c>-f</c>, <c>-m</c> or <c>-u</c>.</summary>
    FlagValue,

    /// <summary><c>--</c>, behind which there are no flags.</summary>
    EndOfFlags,

    /// <summary>A pattern, or an operator where integers are matched.</summary>
    Pattern,

    /// <summary><c>}</c>, which ends an anonymous ACL.</summary>
    CloseBrace,
}
