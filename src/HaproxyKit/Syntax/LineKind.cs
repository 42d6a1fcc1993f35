namespace HaproxyKit.Syntax;

/// <summary>What a line is to HAProxy, seen from its first word.</summary>
public enum LineKind : byte
{
    /// <summary>Nothing but blanks.</summary>
    Blank,

    /// <summary>A comment alone on its line.</summary>
    Comment,

    /// <summary>The first line of a section.</summary>
    Section,

    /// <summary>A keyword with its arguments.</summary>
    Directive,

    /// <summary>
    /// A line for HAProxy's preprocessor: <c>.if</c>, <c>.elif</c>, <c>.else</c>, <c>.endif</c>, <c>.notice</c> and
    /// others (chapter 2.4).
    /// </summary>
    Dot,

    /// <summary>A scope, <c>[name]</c>, of a file of the stream processing filter.</summary>
    Scope,

    /// <summary>
    /// A line whose first word is empty (<c>"" x</c>) or cut off by a CR or NUL: HAProxy reads it and does nothing.
    /// </summary>
    Ignored,
}
