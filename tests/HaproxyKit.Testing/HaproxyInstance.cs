using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HaproxyKit.Testing;

/// <summary>
/// A real HAProxy of one test, in a folder of its own, that leaves neither a process nor a file behind.
/// </summary>
public sealed class HaproxyInstance : IAsyncDisposable
{
    /// <summary>
    /// A <c>global</c> section with the stats socket that <see cref="StartAsync(HaproxySetup)"/> asks for.
    /// </summary>
    public const string Global = "global\n  stats socket {stats} mode 600 level admin\n  maxconn 200\n";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(3);
    private static readonly ConcurrentDictionary<HaproxyInstance, byte> Live = new();

    private readonly HaproxySetup setup;
    private readonly TemporaryFolder folder;
    private readonly StringBuilder output = new();
    private readonly string program;
    private Process? process;

    // A test process that ends early, by a failed assertion in a static or by a signal, takes its HAProxys with it. A handler of its end cannot
    // await, and the kernel needs a moment to reap what was killed.
    static HaproxyInstance() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var instance in Live.Keys)
        {
            SpinWait.SpinUntil(() => !instance.KillAll(), StopLimit);
            instance.folder.Dispose();
        }
    };

    private HaproxyInstance(HaproxySetup setup, string program, TemporaryFolder folder)
    {
        this.setup = setup;
        this.program = program;
        this.folder = folder;
        ConfigPaths = [.. setup.Files.Select(f => folder.Write(f.Name, Expand(f.Text)))];
    }

    /// <summary>The instance's own folder: files, sockets and its working folder.</summary>
    public string Folder => folder.Path;

    /// <summary>The program that runs.</summary>
    public string Program => program;

    /// <summary>The configuration files, in the order of <c>-f</c>.</summary>
    public IReadOnlyList<string> ConfigPaths { get; }

    /// <summary>The first configuration file, the only one in most tests.</summary>
    public string ConfigPath => ConfigPaths[0];

    /// <summary>The worker's stats socket, if the configuration names it by its placeholder.</summary>
    public string StatsSocket => folder.File("stats.sock");

    /// <summary>The master's socket; nobody listens there without a master.</summary>
    public string MasterSocket => folder.File("master.sock");

    /// <summary>The file into which HAProxy writes the process id of the master, or of the single process.</summary>
    public string PidFile => folder.File("haproxy.pid");

    /// <summary>The process id of the master, or of the single process; it stays the same over reloads.</summary>
    /// <exception cref="InvalidOperationException">HAProxy was stopped.</exception>
    public int MasterPid => process?.Id ?? throw new InvalidOperationException("HAProxy was stopped");

    /// <summary>True while the master, or the single process, runs.</summary>
    public bool IsRunning => process is { HasExited: false };

    /// <summary>What HAProxy has written to standard error and standard output so far, over restarts too.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Starts a HAProxy with a master from one configuration file, and waits until it serves.</summary>
    /// <param name="configuration">
    /// The text, with placeholders, of which <c>stats socket {stats}</c> must be one.
    /// </param>
    /// <param name="program">The program, or null for <see cref="HaproxyPrograms.Installed"/>.</param>
    /// <returns>The running instance.</returns>
    /// <exception cref="InvalidOperationException">
    /// HAProxy ended, or does not serve in time; the message has its output.
    /// </exception>
    public static Task<HaproxyInstance> StartAsync(string configuration, string? program = null) =>
        StartAsync(new HaproxySetup { Files = [new("haproxy.cfg", configuration)], Program = program });

    /// <summary>Starts a HAProxy, and waits until it serves.</summary>
    /// <param name="setup">How to start it.</param>
    /// <returns>The running instance.</returns>
    /// <exception cref="ArgumentException">No file has the placeholder <c>{stats}</c>.</exception>
    /// <exception cref="InvalidOperationException">
    /// HAProxy ended, or does not serve in time; the message has its output.
    /// </exception>
    public static async Task<HaproxyInstance> StartAsync(HaproxySetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        if (!setup.Files.Any(f => f.Text.Contains("{stats}", StringComparison.Ordinal)))
            throw new ArgumentException("No file has `stats socket {stats} level admin` in its global", nameof(setup));

        var instance = new HaproxyInstance(setup, setup.Program ?? HaproxyPrograms.Installed, new TemporaryFolder());
        try
        {
            await instance.LaunchAsync();
            return instance;
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Fills in <c>{stats}</c> (the stats socket), <c>{master}</c> (the master socket) and <c>{dir}</c> (the folder).
    /// </summary>
    /// <param name="text">A configuration, or any other text, in which other braces stay as they are.</param>
    /// <returns>The text with paths.</returns>
    public string Expand(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("{stats}", StatsSocket, StringComparison.Ordinal)
            .Replace("{master}", MasterSocket, StringComparison.Ordinal)
            .Replace("{dir}", Folder, StringComparison.Ordinal);
    }

    /// <summary>Asks the worker one command.</summary>
    /// <param name="command">The command, without its line ending.</param>
    /// <returns>The answer, or null where nobody answers.</returns>
    public Task<string?> AskAsync(string command) => UnixSocketCall.AskAsync(StatsSocket, command);

    /// <summary>Asks the master one command.</summary>
    /// <param name="command">The command, without its line ending.</param>
    /// <returns>
    /// The answer, or null where nobody answers; the <c>reload</c> of 2.6, and any command during a reload, may have an
    /// empty one.
    /// </returns>
    public Task<string?> AskMasterAsync(string command) => UnixSocketCall.AskAsync(MasterSocket, command);

    /// <summary>The process id of the worker that answers on the stats socket.</summary>
    /// <returns>The process id, or null where nobody answers.</returns>
    public async Task<int?> WorkerPidAsync()
    {
        const string Name = "Pid: ";
        var lines = (await AskAsync("show info"))?.Split('\n') ?? [];
        var line = lines.FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal));
        return line is null ? null : int.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>How often HAProxy was reloaded, by whomever, as its master has it.</summary>
    /// <returns>The number.</returns>
    public async Task<int> CountReloadsAsync()
    {
        var master = (await AskMasterAsync("show proc"))!.Split('\n').First(line => line.Contains("master", StringComparison.Ordinal));
        return int.Parse(master.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture);
    }

    /// <summary>How many descriptors the worker counts with (<c>Maxsock</c>).</summary>
    public async Task<int> MaxSockAsync()
    {
        var line = (await AskAsync("show info"))!.Split('\n').Single(line => line.StartsWith("Maxsock:", StringComparison.Ordinal));
        return int.Parse(line["Maxsock:".Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>Limits how many files master and worker may open, and those that come of them.</summary>
    public async Task LimitFilesAsync(int count)
    {
        foreach (var pid in new[] { MasterPid, (await WorkerPidAsync())!.Value })
        {
            using var limiter = Process.Start("prlimit", ["--pid", $"{pid}", $"--nofile={count}:{count}"]);
            await limiter.WaitForExitAsync();
            if (limiter.ExitCode != 0)
            {
                throw new InvalidOperationException($"prlimit ended with {limiter.ExitCode}");
            }
        }
    }

    /// <summary>Sends a signal to the master, or to the single process; 2.6 and 3.0 lose it while they load.</summary>
    /// <param name="signal">The signal.</param>
    public void Signal(ProcessSignal signal) => OwnProcesses.Signal(MasterPid, signal);

    /// <summary>
    /// Reloads as somebody else would, by SIGUSR2, and waits until another worker serves and the master answers.
    /// </summary>
    /// <returns>The process id of the new worker.</returns>
    public async Task<int> ReloadAsync()
    {
        var before = await WorkerPidAsync();
        var now = before;
        Signal(ProcessSignal.User2);
        await Eventually.TrueAsync(
            async () => (now = await WorkerPidAsync()) is not null && now != before, $"another worker than {before}");
        await Eventually.TrueAsync(MasterAnswersAsync, "the master answers after its reload");
        return now!.Value;
    }

    /// <summary>
    /// Ends HAProxy by SIGTERM, starts it again with the files as they are now, and waits until it serves.
    /// </summary>
    /// <returns>A task that ends when the stats socket answers.</returns>
    public async Task RestartAsync()
    {
        await StopAsync();
        await LaunchAsync();
    }

    /// <summary>Ends HAProxy by SIGTERM, as a service manager does, and by SIGKILL where that takes too long.</summary>
    /// <returns>A task that ends when no process is left.</returns>
    public async Task StopAsync()
    {
        if (IsRunning)
            Signal(ProcessSignal.Terminate);
        var watch = Stopwatch.StartNew();
        while (IsRunning && watch.Elapsed < StopLimit)
            await Task.Delay(5);
        await KillAsync();
    }

    /// <summary>Ends the master and all workers by SIGKILL, as a crash would.</summary>
    /// <returns>A task that ends when no process is left.</returns>
    public async Task KillAsync()
    {
        if (process is null)
            return;
        await Eventually.TrueAsync(() => !KillAll(), $"no process of {Folder} is left");
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
        Live.TryRemove(this, out _);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            folder.Dispose();
        }
    }

    private async Task LaunchAsync()
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] mode = setup.MasterWorker ? ["-W", "-S", $"{MasterSocket},mode,600,level,admin"] : ["-db"];
        var files = ConfigPaths.SelectMany(path => new[] { "-f", path });
        foreach (var argument in (string[])[.. mode, .. files, "-p", PidFile, .. setup.Arguments.Select(Expand)])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in setup.Environment)
            start.Environment[name] = value;

        Live.TryAdd(this, 0);
        process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitUntilServingAsync();
    }

    private async Task WaitUntilServingAsync()
    {
        var watch = Stopwatch.StartNew();
        while (!await IsServingAsync())
        {
            if (!IsRunning)
            {
                await process!.WaitForExitAsync();
                throw new InvalidOperationException($"HAProxy ended with exit code {process.ExitCode}:\n{Output}");
            }

            if (watch.Elapsed > StartLimit)
                throw new InvalidOperationException($"HAProxy does not serve within {StartLimit}:\n{Output}");
            await Task.Delay(5);
        }
    }

    // Until the master answers too, 2.6 and 3.0 lose a SIGUSR2 without a word, although the worker serves already.
    private async Task<bool> IsServingAsync() =>
        await WorkerPidAsync() is { } pid
        && OwnProcesses.Of(program, Folder).Contains(pid)
        && await MasterAnswersAsync();

    private async Task<bool> MasterAnswersAsync() =>
        !setup.MasterWorker || await AskMasterAsync("show proc") is { Length: > 0 };

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.Append(line).Append('\n');
    }

    private bool KillAll()
    {
        var pids = OwnProcesses.Of(program, Folder);
        foreach (var pid in pids)
            OwnProcesses.Signal(pid, ProcessSignal.Kill);
        return pids.Count > 0;
    }
}
