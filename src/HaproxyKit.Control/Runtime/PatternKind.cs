namespace HaproxyKit.Control.Runtime;

/// <summary>The two kinds of pattern files.</summary>
internal enum PatternKind
{
    /// <summary>Keys with values.</summary>
    Map,

    /// <summary>Patterns alone.</summary>
    Acl,
}
