using HaproxyKit.Control.Runtime;
using Microsoft.Extensions.Options;

namespace HaproxyKit.Control.Deployment;

/// <summary>Refuses settings with which nothing could be controlled, before anything is done.</summary>
internal sealed class HaproxyOptionsValidator : IValidateOptions<HaproxyOptions>
{
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

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
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
