using System.Diagnostics;
using System.Globalization;
using System.Text;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Deployment;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>
/// A program that applies one change after the other, run by this test program as a process of its own: to be killed, or to compete with another.
/// </summary>
internal sealed class ApplierProgram : IDisposable
{
    /// <summary>What makes this test program one.</summary>
    internal const string Name = "apply";

    /// <summary>What makes it one that changes a limit of the whole process, and is killed when HAProxy is to read the file.</summary>
    internal const string DyingName = "apply-and-die";

    private readonly Process process;

    private ApplierProgram(Process process) => this.process = process;

    /// <param name="bed">The HAProxy.</param>
    /// <param name="server">The server whose address it changes, as <c>backend/name</c>; it also opens and closes frontends of that name.</param>
    /// <param name="seed">What it does, by chance.</param>
    /// <param name="changes">How many changes it makes, 0 for ever.</param>
    /// <param name="reloads">How many of ten changes need a reload.</param>
    internal static ApplierProgram Start(FaultBed bed, string server, int seed, int changes, int reloads) =>
        Start([Name, .. PlacesOf(bed), server, $"{HaproxyKit.Testing.Ports.Take()}", $"{seed}", $"{changes}", $"{reloads}"]);

    /// <summary>One that writes another <c>maxconn</c> and ends by SIGKILL between writing the file and having HAProxy read it.</summary>
    internal static ApplierProgram StartDying(FaultBed bed, int limit) => Start([DyingName, .. PlacesOf(bed), $"{limit}"]);

    /// <summary>What it says next: <c>ready</c> first, then the outcome of each change; null at its end.</summary>
    internal async Task<string?> ReadLineAsync() => await process.StandardOutput.ReadLineAsync();

    internal async Task<string> ReadToEndAsync() => await process.StandardOutput.ReadToEndAsync();

    internal async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    internal async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    internal static async Task<int> RunAsync(string[] work)
    {
        if (work is not [var path, var stats, var master, var pidFile, var server, var port, var seed, var changes, var reloads])
        {
            return 2;
        }

        await using var deployer = Deployer(path, stats, master, pidFile);
        var random = new Random(Number(seed));
        Console.WriteLine("ready");
        for (var i = 0; Number(changes) == 0 || i < Number(changes); i++)
        {
            if (i == Number(changes) / 2)
            {
                Console.WriteLine(ProcessFootprint.Measure());
            }

            var (what, edit, undo) = random.Next(10) >= Number(reloads) ? Move(server, random.Next(2, 250))
                : random.Next(2) == 0 ? Toggle(server, port)
                : Tune(random.Next(200, 300));
            var result = await deployer.ApplyAsync(new DeploymentRequest { Edit = edit, Undo = undo, IsManaged = static _ => true });
            Console.WriteLine($"{result.Outcome} {what} {string.Join(' ', result.Diagnostics.Select(d => d.Message.ReplaceLineEndings(" ")))}");
        }

        // What is under way still is nothing that has been left behind.
        await deployer.DisposeAsync();
        Console.WriteLine(ProcessFootprint.Measure());
        return 0;
    }

    internal static async Task<int> DieAsync(string[] work)
    {
        if (work is not [var path, var stats, var master, var pidFile, var limit])
        {
            return 2;
        }

        using var deployer = Deployer(path, stats, master, pidFile, static reloader => new ReloaderAround(reloader, static async () =>
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            await Task.Delay(Timeout.Infinite);
        }));
        var (_, edit, undo) = Tune(Number(limit));
        var result = await deployer.ApplyAsync(new DeploymentRequest { Edit = edit, Undo = undo, IsManaged = static _ => true });
        Console.WriteLine($"{result.Outcome} {string.Join(' ', result.Diagnostics)}");
        return 0;
    }

    /// <summary>The settings of the program's deployer: no waiting that is not the point of a test.</summary>
    internal static DeployerOptions Options() => new() { ReloadInterval = TimeSpan.Zero };

    private static string[] PlacesOf(FaultBed bed) =>
        [bed.ConfigPath, bed.Instance.StatsSocket, bed.Instance.MasterSocket, bed.Instance.PidFile];

    private static ApplierProgram Start(string[] arguments)
    {
        var program = Path.ChangeExtension(typeof(ApplierProgram).Assembly.Location, null);
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };

        // What a killed .NET process leaves in the folder for temporary files, it need not have made.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new ApplierProgram(Process.Start(start)!);
    }

    private static Deployer Deployer(string path, string stats, string master, string pidFile, Func<IReloader, IReloader>? around = null)
    {
        var options = new HaproxyOptions { ConfigFile = path, PidFile = pidFile };
        var client = new RuntimeClient(RuntimeEndpoint.Unix(stats));
        var watch = new WorkerWatch(client, new MasterClient(RuntimeEndpoint.Unix(master)));
        IConfigChecker checker = new CurrentInvocationChecker(new InvocationSource(options, watch), TimeProvider.System);
        IReloader reloader = new MasterSocketReloader(watch);
        return new Deployer(new ConfigFile(path), checker, client, watch, around?.Invoke(reloader) ?? reloader, new BindProbe(), Options(), logger: null);
    }

    private static (string What, Func<ConfigDocument, ConfigDocument> Edit, Func<ConfigDocument, ConfigDocument> Undo) Move(string server, int host)
    {
        var name = server.Split('/')[1];
        var old = "";
        return (
            $"{server} 127.0.0.{host}",
            document => Changed(document, name, address => (old = address)[..old.LastIndexOf('.')] + $".{host}" + old[old.IndexOf(':')..]),
            document => Changed(document, name, _ => old));
    }

    /// <summary>Opens a frontend where it is not there, and closes it where it is.</summary>
    private static (string What, Func<ConfigDocument, ConfigDocument> Edit, Func<ConfigDocument, ConfigDocument> Undo) Toggle(string server, string port)
    {
        var name = server.Replace('/', '-');
        var lines = $"frontend {name}\n  bind 127.0.0.1:{port}\n  default_backend app\n";
        ConfigDocument Edit(ConfigDocument document)
        {
            var text = document.ToString();
            return Parse(text.Contains(lines, StringComparison.Ordinal) ? text.Replace(lines, "", StringComparison.Ordinal) : text + lines, document);
        }

        return ($"{name} {port}", Edit, Edit);
    }

    /// <summary>Another limit of the whole process, which shows in no proxy.</summary>
    private static (string What, Func<ConfigDocument, ConfigDocument> Edit, Func<ConfigDocument, ConfigDocument> Undo) Tune(int limit)
    {
        var old = "";
        ConfigDocument Limited(ConfigDocument document, string to)
        {
            var text = document.ToString();
            var at = text.IndexOf("maxconn ", StringComparison.Ordinal) + "maxconn ".Length;
            var end = text.IndexOf('\n', at);
            old = text[at..end];
            return Parse(text[..at] + to + text[end..], document);
        }

        return ($"maxconn {limit}", document => Limited(document, $"{limit}"), document => Limited(document, old));
    }

    private static ConfigDocument Changed(ConfigDocument document, string server, Func<string, string> change)
    {
        var text = document.ToString();
        var start = text.IndexOf($"server {server} ", StringComparison.Ordinal) + $"server {server} ".Length;
        var end = text.AsSpan(start).IndexOfAny(' ', '\n') + start;
        return Parse(text[..start] + change(text[start..end]) + text[end..], document);
    }

    private static ConfigDocument Parse(string text, ConfigDocument like) => ConfigDocument.Parse(Encoding.UTF8.GetBytes(text), like.Path);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
