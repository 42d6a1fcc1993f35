using System.Text.Json;
using HaproxyKit.Control.Deployment;

namespace HaproxyKit.Tool.Output;

/// <summary>A change of the history as JSON.</summary>
/// <param name="Number">Its number, for <c>rollback --to</c>.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Origin">What made it.</param>
/// <param name="Steps">What was done.</param>
/// <param name="Undoes">The changes that it undid.</param>
/// <param name="Standing">Whether rollback would undo it.</param>
internal sealed record ChangeJson(int Number, DateTimeOffset Time, string Outcome, string Origin, string[] Steps, int[] Undoes, bool Standing)
{
    internal static ChangeJson[] Of(RevisionHistoryReading history)
    {
        var standing = history.Standing.Select(entry => entry.Number).ToHashSet();
        return
        [
            .. history.Entries.Select(entry => new ChangeJson(
                entry.Number,
                entry.Time,
                JsonNamingPolicy.CamelCase.ConvertName(entry.Outcome.ToString()),
                entry.Origin,
                [.. entry.Steps],
                [.. entry.Undoes],
                standing.Contains(entry.Number))),
        ];
    }
}
