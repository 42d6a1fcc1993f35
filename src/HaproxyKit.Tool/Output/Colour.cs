namespace HaproxyKit.Tool.Output;

/// <summary>Colours by the number that a terminal knows them by.</summary>
internal enum Colour
{
    /// <summary>The terminal's own.</summary>
    None = 0,

    /// <summary>Errors, and what is gone.</summary>
    Red = 31,

    /// <summary>What is new.</summary>
    Green = 32,

    /// <summary>Warnings.</summary>
    Yellow = 33,

    /// <summary>Headings.</summary>
    Cyan = 36,
}
