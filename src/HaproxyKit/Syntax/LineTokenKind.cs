namespace HaproxyKit.Syntax;

/// <summary>The kinds of pieces that a line consists of; the pieces of a line lie end to end and cover it.</summary>
public enum LineTokenKind : byte
{
    /// <summary>Blanks before, between or behind words: SP, HT, VT, FF, and CR among them.</summary>
    Blank,

    /// <summary>One word as written, with its quotes and escapes.</summary>
    Word,

    /// <summary>A scope, <c>[name]</c>.</summary>
    Scope,

    /// <summary>From an unquoted <c>#</c> up to the line ending.</summary>
    Comment,

    /// <summary>What HAProxy does not read: from a NUL, or from a CR behind a word, up to the line ending.</summary>
    Ignored,

    /// <summary>LF or CR LF; absent on a last line without one.</summary>
    LineEnd,
}
