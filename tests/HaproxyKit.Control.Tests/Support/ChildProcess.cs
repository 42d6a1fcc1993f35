using System.Diagnostics;
using System.Text;
using HaproxyKit.Control.Deployment;

namespace HaproxyKit.Control.Tests.Support;

/// <summary>
/// This test program, started a second time to do one piece of work, so that it can be killed in the middle.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    /// <summary>
    /// Two whole configurations, different in every line, long enough that writing them takes a while.
    /// </summary>
    internal static string[] Contents { get; } =
        [.. new[] { 'A', 'B' }.Select(
            name => string.Concat(Enumerable.Range(0, 4_000).Select(i => $"# {name} line {i} of a long file\n")))];

    /// <param name="work"><c>replace PATH TIMES</c>: replaces a file so often, 0 for ever.</param>
    internal static ChildProcess Start(params string[] work)
    {
        var program = Path.ChangeExtension(typeof(ChildProcess).Assembly.Location, null);
        var start = new ProcessStartInfo(program, ["child", .. work])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };

        // What a killed .NET process leaves in the folder for temporary files, it need not have made.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new ChildProcess(Process.Start(start)!);
    }

    internal async Task<string?> ReadLineAsync() => await process.StandardOutput.ReadLineAsync();

    internal async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    internal static async Task<int> RunAsync(string[] work)
    {
        if (work is not ["replace", var path, var times])
        {
            return 2;
        }

        var file = new ConfigFile(path);
        var contents = Contents.Select(c => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(c)).ToArray();
        var revision = await ReplaceAsync(file, await file.ReadAsync(), contents[0]);
        var limit = int.Parse(times);
        if (limit == 0)
        {
            Console.WriteLine("ready");
        }

        var descriptors = OpenDescriptors();
        for (var i = 1; limit == 0 || i < limit; i++)
        {
            revision = await ReplaceAsync(file, revision, contents[i % 2]);
        }

        Console.WriteLine($"{descriptors} {OpenDescriptors()}");
        return 0;
    }

    private static async Task<ConfigRevision> ReplaceAsync(
        ConfigFile file, ConfigRevision expected, ReadOnlyMemory<byte> content)
    {
        var result = await file.ReplaceAsync(expected, content);
        return result.IsReplaced
            ? result.Revision
            : throw new InvalidOperationException("Nobody else should have saved the file");
    }

    private static int OpenDescriptors() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
}
