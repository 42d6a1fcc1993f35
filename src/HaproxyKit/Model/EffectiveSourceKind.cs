namespace HaproxyKit.Model;

/// <summary>Whose word counts for a proxy.</summary>
public enum EffectiveSourceKind
{
    /// <summary>The proxy's own.</summary>
    Own,

    /// <summary>That of a <c>defaults</c> section.</summary>
    Defaults,

    /// <summary>What HAProxy does where nothing is said.</summary>
    BuiltIn,
}
