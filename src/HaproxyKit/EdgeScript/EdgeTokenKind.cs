namespace HaproxyKit.EdgeScript;

/// <summary>What the characters of an edge script group into.</summary>
internal enum EdgeTokenKind
{
    /// <summary>A run of bytes that are no blank and no sign.</summary>
    Word,

    /// <summary><c>,</c>.</summary>
    Comma,

    /// <summary><c>{</c>.</summary>
    OpenBrace,

    /// <summary><c>}</c>.</summary>
    CloseBrace,

    /// <summary>From a number sign to the end of its line, wherever it stands, as in HAProxy's own files.</summary>
    Comment,

    /// <summary>LF.</summary>
    LineEnd,

    /// <summary>The place behind the last byte.</summary>
    TextEnd,
}
