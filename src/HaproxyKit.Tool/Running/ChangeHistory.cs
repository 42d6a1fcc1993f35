using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Tool.Running;

/// <summary>The history of the target, with words for a user where it cannot be had.</summary>
internal static class ChangeHistory
{
    /// <summary>Opens the history of the target, and makes its folder where it is missing.</summary>
    /// <exception cref="ToolException">The folder cannot be had.</exception>
    internal static RevisionHistory Open(ControlSettings settings)
    {
        try
        {
            return new RevisionHistory(StateFolder.Open(settings.StateFolder), settings.Target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(
                $"the state folder {settings.StateFolder} cannot be used: {e.Message}: run as root, or name another with --state-folder");
        }
    }

    /// <summary>The history of the target where its folder is there already.</summary>
    /// <exception cref="ToolException">The folder may not be read.</exception>
    internal static RevisionHistoryReading Read(ControlSettings settings)
    {
        try
        {
            return Directory.Exists(settings.StateFolder) ? Open(settings).Read() : new RevisionHistoryReading([], []);
        }
        catch (IOException e)
        {
            throw new ToolException($"the state folder {settings.StateFolder} cannot be read: {e.Message}");
        }
    }

    /// <summary>Notes a change that is made.</summary>
    /// <returns>Its number, or what went wrong: the change itself stands.</returns>
    internal static async Task<(int? Number, Diagnostic? Trouble)> AddAsync(RevisionHistory history, RevisionHistoryEntry entry)
    {
        try
        {
            return ((await history.AddAsync(entry, CancellationToken.None).ConfigureAwait(false)).Number, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new Diagnostic
            {
                Id = DiagnosticIds.NotUndone,
                Severity = DiagnosticSeverity.Warning,
                Message = $"the change could not be noted, and rollback will not know it: {e.Message}",
            });
        }
    }

    /// <summary>Who runs this, for people who read the history.</summary>
    internal static string Origin(string what) =>
        $"haproxykit {what}, by {(Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } user ? $"{user} (sudo)" : Environment.UserName)}";
}
