using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>What came back from whoever was asked to reload HAProxy.</summary>
/// <param name="Succeeded">Whether HAProxy says that it has loaded its files; null where it does not say.</param>
/// <param name="StartupLogs">What HAProxy said while it loaded.</param>
/// <param name="Complaint">
/// What a program that was to see to the reload says is wrong; null where it is content.
/// </param>
internal readonly record struct ReloadAnswer(bool? Succeeded, string StartupLogs, string? Complaint = null)
{
    /// <summary>Nothing was said.</summary>
    internal static ReloadAnswer None { get; } = new(null, "");

    internal static ReloadAnswer Of(MasterReloadAnswer answer) => new(answer.Succeeded, answer.StartupLogs);
}
