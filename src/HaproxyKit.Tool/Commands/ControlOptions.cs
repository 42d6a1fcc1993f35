using System.CommandLine;
using System.CommandLine.Parsing;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Tool.Running;

namespace HaproxyKit.Tool.Commands;

/// <summary>Where the running HAProxy is: what all commands share that speak with it.</summary>
internal sealed class ControlOptions
{
    private const string DefaultStateFolder = "/var/lib/haproxykit";
    private static readonly HaproxyOptions Defaults = new();

    private static readonly Dictionary<string, ReloadStrategy> Strategies = new(StringComparer.Ordinal)
    {
        ["automatic"] = ReloadStrategy.Automatic,
        ["master-socket"] = ReloadStrategy.MasterSocket,
        ["signal"] = ReloadStrategy.Signal,
        ["systemd"] = ReloadStrategy.Systemd,
        ["command"] = ReloadStrategy.Command,
    };

    private readonly Option<string> _target = Text(
        "--target", "FILE", "HAPROXYKIT_TARGET", Defaults.ConfigFile, "The file that HAProxy reads, and that is changed.");

    private readonly Option<string> _statsSocket = Text(
        "--stats-socket", "SOCKET", "HAPROXYKIT_STATS_SOCKET", Defaults.StatsSocket,
        "HAProxy's stats socket with level admin: a path, or host:port.");

    private readonly Option<string?> _masterSocket = new("--master-socket")
    {
        Description = "The master's socket (haproxy -S), by which HAProxy is reloaded and old workers are seen; else a signal reloads it. "
            + "Also HAPROXYKIT_MASTER_SOCKET.",
        HelpName = "SOCKET",
        DefaultValueFactory = _ => Variable("HAPROXYKIT_MASTER_SOCKET"),
    };

    private readonly Option<string> _pidFile = Text(
        "--pid-file", "FILE", "HAPROXYKIT_PID_FILE", Defaults.PidFile, "The file with HAProxy's process id (haproxy -p).");

    private readonly Option<string> _program = Text(
        "--haproxy", "PROGRAM", "HAPROXYKIT_HAPROXY", Defaults.Executable, "HAProxy's program, where -f is given.");

    private readonly Option<string[]> _files = new("-f")
    {
        Description = "A file or a folder that HAProxy is started with, as its own -f and in its order; may be given several times. "
            + "Where none is given, the running HAProxy tells.",
        HelpName = "FILE",
    };

    private readonly Option<ReloadStrategy> _reload = new("--reload")
    {
        Description = "How HAProxy is reloaded; automatic is by the master's socket where it is named, else by a signal. Also HAPROXYKIT_RELOAD.",
        HelpName = string.Join('|', Strategies.Keys),
        DefaultValueFactory = result => Variable("HAPROXYKIT_RELOAD") is { } text ? Strategy(result, text) : ReloadStrategy.Automatic,
        CustomParser = result => Strategy(result, result.Tokens[0].Value),
    };

    private readonly Option<string[]> _reloadCommand = new("--reload-command")
    {
        Description = "For --reload command: the program by its full path, then, each behind another --reload-command, its arguments.",
        HelpName = "WORD",
    };

    private readonly Option<string> _unit = Text(
        "--systemd-unit", "UNIT", "HAPROXYKIT_SYSTEMD_UNIT", Defaults.SystemdUnit, "For --reload systemd: the unit.");

    private readonly Option<string> _stateFolder = Text(
        "--state-folder", "FOLDER", "HAPROXYKIT_STATE_FOLDER", DefaultStateFolder, "Where the last changes are kept for rollback.");

    internal void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_target, _statsSocket, _masterSocket, _pidFile, _program, _files, _reload, _reloadCommand, _unit, _stateFolder])
        {
            command.Add(option);
        }
    }

    /// <summary>What the command line and the environment say.</summary>
    /// <exception cref="ToolException">Something of it cannot be.</exception>
    internal ControlSettings Read(ParseResult arguments)
    {
        var options = new HaproxyOptions
        {
            ConfigFile = FullPath(arguments.GetRequiredValue(_target), "--target"),
            StatsSocket = Socket(arguments.GetRequiredValue(_statsSocket), "--stats-socket"),
            MasterSocket = arguments.GetValue(_masterSocket) is { Length: > 0 } master ? Socket(master, "--master-socket") : null,
            PidFile = FullPath(arguments.GetRequiredValue(_pidFile), "--pid-file"),
            Executable = arguments.GetRequiredValue(_program),
            Reload = arguments.GetValue(_reload),
            SystemdUnit = arguments.GetRequiredValue(_unit),
            WorkingFolder = Environment.CurrentDirectory,
        };
        foreach (var file in arguments.GetValue(_files) ?? [])
        {
            options.ConfigFiles.Add(FullPath(file, "-f"));
        }

        foreach (var word in arguments.GetValue(_reloadCommand) ?? [])
        {
            options.ReloadCommand.Add(word);
        }

        return new ControlSettings(options, FullPath(arguments.GetRequiredValue(_stateFolder), "--state-folder"));
    }

    private static Option<string> Text(string name, string helpName, string variable, string fallback, string description) => new(name)
    {
        Description = $"{description} Also {variable}.",
        HelpName = helpName,
        DefaultValueFactory = _ => Variable(variable) ?? fallback,
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static ReloadStrategy Strategy(ArgumentResult result, string text)
    {
        if (!Strategies.TryGetValue(text, out var strategy))
        {
            result.AddError($"--reload is one of {string.Join('|', Strategies.Keys)}, not '{text}'");
        }

        return strategy;
    }

    private static string FullPath(string path, string option) => path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal)
        ? Path.GetFullPath(path)
        : throw new ToolException($"{option} names no file");

    /// <summary>A relative path is one from here; host:port stays.</summary>
    private static string Socket(string text, string option)
    {
        var place = RuntimeEndpoint.TryParse(text, out _) ? text : FullPath(text, option);
        return RuntimeEndpoint.TryParse(place, out _)
            ? place
            : throw new ToolException($"{option} is a path of at most 107 bytes or host:port, not '{text}'");
    }
}
