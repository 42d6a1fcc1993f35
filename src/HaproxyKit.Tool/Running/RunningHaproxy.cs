using System.Text.RegularExpressions;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaproxyKit.Tool.Running;

/// <summary>The HAProxy that a command speaks with, with the parts that programs get from <c>AddHaproxyKit</c>.</summary>
internal sealed partial class RunningHaproxy : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private RunningHaproxy(ServiceProvider services) => _services = services;

    internal RuntimeClient Runtime => _services.GetRequiredService<RuntimeClient>();

    internal WorkerWatch Watch => _services.GetRequiredService<WorkerWatch>();

    internal Deployer Deployer => _services.GetRequiredService<Deployer>();

    internal DriftDetector Drift => _services.GetRequiredService<DriftDetector>();

    internal ConfigFile File => _services.GetRequiredService<ConfigFile>();

    internal DeploymentPreviewer Previewer =>
        new(File, _services.GetRequiredService<IConfigChecker>(), Runtime, _services.GetRequiredService<BindProbe>());

    /// <summary>Makes the parts; nothing is asked yet.</summary>
    /// <exception cref="ToolException">The settings do not go together.</exception>
    internal static RunningHaproxy Open(ControlSettings settings)
    {
        var services = new ServiceCollection();
        services.AddHaproxyKit().Configure<HaproxyOptions>(options => Copy(settings.Options, options));
        var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<HaproxyOptions>>().Value;
            return new RunningHaproxy(provider);
        }
        catch (OptionsValidationException e)
        {
            provider.Dispose();
            throw new ToolException(SettingName().Replace(e.Failures.First().TrimEnd('.'), match => OptionOf(match.Groups["name"].Value)));
        }
    }

    /// <summary>Why nothing could be changed at this HAProxy, or null where all can be.</summary>
    internal async Task<Diagnostic?> FindObstacleAsync(CancellationToken cancellationToken)
    {
        try
        {
            var level = await Runtime.ShowLevelAsync(cancellationToken).ConfigureAwait(false);
            return level == RuntimeLevel.Admin ? null : Refusal(
                DiagnosticIds.RuntimeRefused,
                $"the stats socket {Runtime.Endpoint} has level {level.ToString().ToLowerInvariant()}: nothing can be changed through it",
                "write 'level admin' behind 'stats socket' in the global section and reload HAProxy, or name another socket with --stats-socket");
        }
        catch (RuntimeException e)
        {
            return Unreachable(e);
        }
    }

    internal static Diagnostic Unreachable(RuntimeException e) => Refusal(DiagnosticIds.HaproxyUnreachable, e.Message, e.Fault switch
    {
        RuntimeFault.PermissionDenied => "run as root, or as a user whom the socket's owner, group and mode let in",
        RuntimeFault.Unreachable => "start HAProxy, or name its stats socket with --stats-socket",
        _ => "see that this is HAProxy's stats socket and not another one, and that HAProxy is not overloaded",
    });

    /// <summary>What stands in the way of a file, with what helps.</summary>
    internal ToolException Unwritable(ConfigFileException e) => new(e.Fault switch
    {
        ConfigFileFault.Missing or ConfigFileFault.DanglingLink => $"{File.Path} does not exist: name the file that HAProxy reads with --target",
        ConfigFileFault.NotReadable or ConfigFileFault.FolderNotWritable or ConfigFileFault.OwnerNotKept =>
            $"{e.Message}: nothing was changed; run as root, or as a user who may write to the file's folder",
        _ => $"{e.Message}: nothing was changed",
    });

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static Diagnostic Refusal(string id, string message, string hint) =>
        new() { Id = id, Severity = DiagnosticSeverity.Error, Message = message, Hint = hint };

    private static void Copy(HaproxyOptions from, HaproxyOptions to)
    {
        to.ConfigFile = from.ConfigFile;
        to.StatsSocket = from.StatsSocket;
        to.MasterSocket = from.MasterSocket;
        to.PidFile = from.PidFile;
        to.Executable = from.Executable;
        to.WorkingFolder = from.WorkingFolder;
        to.Reload = from.Reload;
        to.SystemdUnit = from.SystemdUnit;
        from.ConfigFiles.ToList().ForEach(to.ConfigFiles.Add);
        from.ReloadCommand.ToList().ForEach(to.ReloadCommand.Add);
    }

    private static string OptionOf(string setting) => setting switch
    {
        nameof(HaproxyOptions.ConfigFile) => "--target",
        nameof(HaproxyOptions.Executable) => "--haproxy",
        _ => "--" + WordStart().Replace(setting, "-$0").ToLowerInvariant(),
    };

    [GeneratedRegex("^Haproxy:(?<name>[A-Za-z]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SettingName();

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex WordStart();
}
