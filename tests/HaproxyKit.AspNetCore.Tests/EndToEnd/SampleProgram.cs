using System.Diagnostics;
using System.Text;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>One of the programs in <c>samples</c>, as it was built, in a process of its own.</summary>
internal sealed class SampleProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private SampleProgram(Process process) => _process = process;

    internal string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    internal int Id => _process.Id;

    internal bool IsRunning => !_process.HasExited;

    /// <summary>Starts a sample with settings as environment variables, of which a null takes one away.</summary>
    /// <param name="sample">The sample's folder.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="workingFolder">Where it is started, and reads its own settings; null for where it was built.</param>
    internal static SampleProgram Start(string sample, IEnumerable<KeyValuePair<string, string?>> settings, string? workingFolder = null)
    {
        // The tests are built beside the samples, in the same configuration.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var folder = Path.Combine(Repository.Root, "samples", sample, "bin", configuration, $"net{Environment.Version.Major}.0");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workingFolder ?? folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            ArgumentList = { Path.Combine(folder, $"haproxykit-{sample.ToLowerInvariant()}.dll") },
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        var program = new SampleProgram(process);
        process.OutputDataReceived += (_, e) => program.Keep(e.Data);
        process.ErrorDataReceived += (_, e) => program.Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return program;
    }

    internal Task SaysAsync(string text) =>
        Eventually.TrueAsync(() => Output.Contains(text, StringComparison.Ordinal) || (IsRunning ? false : throw new InvalidOperationException($"it ended:\n{Output}")), $"'{text}' in its output");

    internal async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it as a service manager or a kubelet does.</summary>
    internal async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        return await ExitCodeAsync();
    }

    /// <summary>Ends it by SIGKILL, as a machine without memory does.</summary>
    internal async Task KillAsync()
    {
        if (IsRunning)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.Append(line).Append('\n');
        }
    }
}
