using HaproxyKit.Diagnostics;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>One of HAProxy's messages in an answer: the finding without the machine's paths.</summary>
/// <param name="Id">The stable id, such as <c>HK7001</c>.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What helps, or null.</param>
/// <param name="Line">The line of the configuration, counted from 1, or null.</param>
public sealed record ProblemDiagnostic(string Id, string Severity, string Message, string? Hint, int? Line)
{
    /// <summary>Makes the message of an answer from a finding.</summary>
    /// <param name="diagnostic">The finding.</param>
    /// <returns>The same without file, column and text.</returns>
    public static ProblemDiagnostic From(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var severity = diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        return new(diagnostic.Id, severity, diagnostic.Message, diagnostic.Hint, diagnostic.Location?.Line);
    }
}
