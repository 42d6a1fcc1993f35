namespace HaproxyKit.Diagnostics;

/// <summary>How grave a <see cref="Diagnostic"/> is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>HAProxy starts, but probably does not do what was meant.</summary>
    Warning,

    /// <summary>HAProxy refuses the configuration, or the request cannot be carried out.</summary>
    Error,
}
