namespace HaproxyKit.Expressions;

/// <summary>What a part of a log format is.</summary>
public enum LogFormatPartKind
{
    /// <summary>Text that stands for itself.</summary>
    Text,

    /// <summary><c>%%</c>, which yields one <c>%</c>; newer versions also take a name between them.</summary>
    Percent,

    /// <summary>
    /// A <c>%</c> before a character that begins nothing, such as <c>%.</c>: HAProxy drops it in silence and keeps the character.
    /// </summary>
    DroppedPercent,

    /// <summary>An alias such as <c>%ci</c> or <c>%{+Q}r</c>.</summary>
    Alias,

    /// <summary>A sample expression such as <c>%[src]</c>.</summary>
    Expression,
}
