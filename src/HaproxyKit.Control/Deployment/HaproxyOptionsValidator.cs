using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using Microsoft.Extensions.Options;

namespace HaproxyKit.Control.Deployment;

/// <summary>Refuses settings with which nothing could be controlled, before anything is done.</summary>
internal sealed class HaproxyOptionsValidator : IValidateOptions<HaproxyOptions>
{
    /// <summary>A change that waits longer is a mistake in the unit.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    /// <summary>What differs for longer than this nobody looks for.</summary>
    private static readonly TimeSpan LongestDriftInterval = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, HaproxyOptions options)
    {
        var failures = new List<string>();
        Require(failures, nameof(options.ConfigFile), options.ConfigFile, Path.IsPathFullyQualified, "must be a full path");
        Require(failures, nameof(options.WorkingFolder), options.WorkingFolder, Path.IsPathFullyQualified, "must be a full path");
        Require(failures, nameof(options.Executable), options.Executable, text => text.Length > 0, "must name HAProxy's program");
        Require(failures, nameof(options.StatsSocket), options.StatsSocket, IsEndpoint, "must be a path, or host:port");
        if (options.MasterSocket is { } master)
        {
            Require(failures, nameof(options.MasterSocket), master, IsEndpoint, "must be a path, or host:port");
        }

        if (options.ReloadTimeout <= TimeSpan.Zero)
        {
            failures.Add($"{HaproxyOptions.SectionName}:{nameof(options.ReloadTimeout)} must be longer than nothing, but is {options.ReloadTimeout}.");
        }

        RequireBetween(failures, nameof(options.ReloadInterval), options.ReloadInterval, TimeSpan.Zero, LongestInterval);
        RequireBetween(failures, nameof(options.CheckDelay), options.CheckDelay, TimeSpan.Zero, LongestInterval);
        RequireBetween(failures, nameof(options.DriftInterval), options.DriftInterval, TimeSpan.Zero, LongestDriftInterval);
        if (options.MaxOldWorkers < 0)
        {
            failures.Add($"{HaproxyOptions.SectionName}:{nameof(options.MaxOldWorkers)} must not be negative, but is {options.MaxOldWorkers}.");
        }

        RequireStrategy(failures, options);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void RequireStrategy(List<string> failures, HaproxyOptions options)
    {
        switch (options.Reload)
        {
            case ReloadStrategy.Automatic:
                break;
            case ReloadStrategy.MasterSocket:
                Require(failures, nameof(options.MasterSocket), options.MasterSocket, IsEndpoint, "must be set to reload by it");
                break;
            case ReloadStrategy.Signal:
                Require(failures, nameof(options.PidFile), options.PidFile, Path.IsPathFullyQualified, "must be a full path");
                break;
            case ReloadStrategy.Systemd:
                Require(failures, nameof(options.SystemdUnit), options.SystemdUnit, SystemdReloader.IsUnitName, "must be the name of a service");
                Require(failures, nameof(options.Systemctl), options.Systemctl, Path.IsPathFullyQualified, "must be a full path");
                break;
            case ReloadStrategy.Command:
                Require(
                    failures, nameof(options.ReloadCommand), options.ReloadCommand.FirstOrDefault(), Path.IsPathFullyQualified, "must begin with a full path");
                break;
            default:
                failures.Add($"{HaproxyOptions.SectionName}:{nameof(options.Reload)} must be a strategy, but is {options.Reload}.");
                break;
        }
    }

    private static void RequireBetween(List<string> failures, string member, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            failures.Add($"{HaproxyOptions.SectionName}:{member} must be from {least} to {most}, but is {value}.");
        }
    }

    private static bool IsEndpoint(string text) => RuntimeEndpoint.TryParse(text, out _);

    private static void Require(List<string> failures, string member, string? value, Func<string, bool> fits, string rule)
    {
        if (value is null || !fits(value))
        {
            failures.Add($"{HaproxyOptions.SectionName}:{member} {rule}, but is '{value}'.");
        }
    }
}
