using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Planning;

/// <summary>Findings that have no place in a text.</summary>
internal static class Findings
{
    internal static Diagnostic Error(string id, string message, string? hint = null) =>
        new() { Id = id, Severity = DiagnosticSeverity.Error, Message = message, Hint = hint };

    internal static Diagnostic Warning(string id, string message) =>
        new() { Id = id, Severity = DiagnosticSeverity.Warning, Message = message };
}
