namespace HaproxyKit.Control.Runtime;

/// <summary>Judges the answers of commands that say nothing when they have been done.</summary>
internal static class SilentAnswer
{
    internal static RuntimeChange Judge(string answer) =>
        new(answer.Length == 0 ? RuntimeOutcome.Changed : OutcomeOfRefusal(answer), answer);

    /// <summary>The refusals that all commands share; whatever else is said counts as a refusal too.</summary>
    internal static RuntimeOutcome OutcomeOfRefusal(string answer) => answer.TrimEnd('.') switch
    {
        "Permission denied" => RuntimeOutcome.PermissionDenied,
        "No such server" or "No such backend" or "No such frontend" => RuntimeOutcome.NotFound,
        _ => RuntimeOutcome.Refused,
    };
}
