namespace HaproxyKit.Model;

/// <summary>
/// The word that may stand before a keyword (configuration manual, chapter 4.1, keywords marked with an asterisk).
/// </summary>
public enum DirectiveModifier
{
    /// <summary>None.</summary>
    None,

    /// <summary><c>no</c>: the option is off.</summary>
    No,

    /// <summary><c>default</c>: the option has its built-in value again.</summary>
    Default,
}
