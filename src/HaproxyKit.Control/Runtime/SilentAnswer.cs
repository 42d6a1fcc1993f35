namespace HaproxyKit.Control.Runtime;

/// <summary>
/// Judges answers of commands that change something. There are no codes: what is not known to mean success is a refusal.
/// </summary>
internal static class SilentAnswer
{
    /// <summary>For a command that says nothing when it has been done.</summary>
    internal static RuntimeChange Judge(string answer) =>
        new(answer.Length == 0 ? RuntimeOutcome.Changed : OutcomeOfRefusal(answer), answer);

    /// <summary>For a command that says nothing when it has been done, and one sentence when there was nothing to do.</summary>
    internal static RuntimeChange Judge(string answer, string unchanged) =>
        string.Equals(answer, unchanged, StringComparison.Ordinal) ? new RuntimeChange(RuntimeOutcome.Unchanged, answer) : Judge(answer);

    /// <summary>For a command that says one of these sentences when it has been done.</summary>
    internal static RuntimeChange JudgeSentence(string answer, params ReadOnlySpan<string> done) =>
        new(done.Contains(answer, StringComparer.Ordinal) ? RuntimeOutcome.Changed : OutcomeOfRefusal(answer), answer);

    /// <summary>The refusals that several commands share; whatever else is said counts as a refusal too.</summary>
    internal static RuntimeOutcome OutcomeOfRefusal(string answer)
    {
        var end = answer.IndexOf('\n', StringComparison.Ordinal);
        var line = (end < 0 ? answer : answer[..end]).TrimEnd('.', '!');
        return line switch
        {
            "Permission denied" => RuntimeOutcome.PermissionDenied,
            "No such server" or "No such backend" or "No such frontend" or "No such table" => RuntimeOutcome.NotFound,
            "Unknown map identifier. Please use #<id> or <file>" or "Unknown ACL identifier. Please use #<id> or <file>" => RuntimeOutcome.NotFound,
            "entry not found" or "Key not found" => RuntimeOutcome.NotFound,
            "Can't replace a certificate which is not referenced by the configuration" => RuntimeOutcome.NotFound,
            _ when line.StartsWith("Can't remove the certificate", StringComparison.Ordinal) && line.EndsWith("doesn't exist", StringComparison.Ordinal)
                => RuntimeOutcome.NotFound,
            _ when line.StartsWith("Unknown command", StringComparison.Ordinal) => RuntimeOutcome.Unsupported,
            _ => RuntimeOutcome.Refused,
        };
    }
}
