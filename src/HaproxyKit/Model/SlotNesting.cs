namespace HaproxyKit.Model;

/// <summary>In what a value stands inside its word.</summary>
internal enum SlotNesting : byte
{
    /// <summary>The value is the word.</summary>
    None,

    /// <summary>It stands in the parentheses of the line's own word, such as <c>set-map(FILE)</c>.</summary>
    Parameter,

    /// <summary>It is a literal part of a log format.</summary>
    LogFormat,

    /// <summary>It is an argument in a sample expression that fills the word.</summary>
    Sample,

    /// <summary>It is an argument in a sample expression inside <c>%[ ]</c> of a log format.</summary>
    SampleInLogFormat,
}
