namespace HaproxyKit.Control.Runtime;

/// <summary>HAProxy's answer to a command that changes something.</summary>
/// <param name="Outcome">What it means.</param>
/// <param name="Message">HAProxy's own words; empty where it said nothing.</param>
public readonly record struct RuntimeChange(RuntimeOutcome Outcome, string Message)
{
    /// <summary>Whether HAProxy is now as was asked, by this command or already before it.</summary>
    public bool IsSuccess => Outcome is RuntimeOutcome.Changed or RuntimeOutcome.Unchanged;
}
