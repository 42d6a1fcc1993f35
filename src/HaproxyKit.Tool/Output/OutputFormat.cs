namespace HaproxyKit.Tool.Output;

/// <summary>The forms in which results are written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>Static Analysis Results Interchange Format 2.1.0, for what shows findings beside code.</summary>
    Sarif,
}
