using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Reloading;

/// <summary>Turns what HAProxy said while it loaded into diagnostics.</summary>
internal static class StartupLog
{
    private const string Alert = "[ALERT]";

    /// <param name="logs">Lines of the form <c>[ALERT] (pid) : text</c>.</param>
    internal static IReadOnlyList<Diagnostic> Diagnose(string logs)
    {
        var found = new List<Diagnostic>();
        foreach (var line in logs.Split('\n'))
        {
            // Its warnings are about processes that come and go.
            if (!line.StartsWith(Alert, StringComparison.Ordinal))
            {
                continue;
            }

            var text = line.IndexOf(" : ", StringComparison.Ordinal);
            found.Add(new Diagnostic
            {
                Id = DiagnosticIds.HaproxyMessage,
                Severity = DiagnosticSeverity.Error,
                Message = (text < 0 ? line : line[(text + 3)..]).Trim(),
            });
        }

        return found;
    }
}
