namespace HaproxyKit.Syntax;

/// <summary>What a word as written consists of.</summary>
[Flags]
public enum WordTraits : byte
{
    /// <summary>Plain: the word's bytes are its value.</summary>
    None = 0,

    /// <summary>A part of it stands in single or double quotes.</summary>
    Quoted = 1,

    /// <summary>It has a backslash escape.</summary>
    Escaped = 2,

    /// <summary>It refers to an environment variable inside double quotes.</summary>
    Variable = 4,

    /// <summary>A quote is not closed.</summary>
    UnmatchedQuote = 8,

    /// <summary><c>\x</c> without two hexadecimal digits.</summary>
    InvalidHexEscape = 16,

    /// <summary><c>$</c> inside double quotes without a variable's name.</summary>
    InvalidVariableName = 32,

    /// <summary><c>${</c> that is not closed, or has something unexpected before <c>}</c>.</summary>
    UnmatchedBrace = 64,

    /// <summary>Any of the faults for which HAProxy refuses the line.</summary>
    Faulty = UnmatchedQuote | InvalidHexEscape | InvalidVariableName | UnmatchedBrace,
}
