namespace HaproxyKit.Expressions;

/// <summary>Where a pattern of an ACL stands; it decides which patterns would be taken for something else.</summary>
[Flags]
public enum AclPatternSlot
{
    /// <summary>An <c>acl</c> line, directly behind the sample expression or a flag.</summary>
    None = 0,

    /// <summary>Inside <c>{ }</c>, where the word <c>}</c> ends the patterns.</summary>
    InBraces = 1,

    /// <summary>Behind <c>--</c> or behind another pattern, where <c>-</c> begins no flag.</summary>
    AfterFlags = 2,

    /// <summary>
    /// Integers are matched (<c>-m int</c>, <c>-m len</c>, or a sample of that type), so that <c>gt</c> and its like are operators.
    /// </summary>
    Numbers = 4,
}
