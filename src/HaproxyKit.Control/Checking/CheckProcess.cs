using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace HaproxyKit.Control.Checking;

/// <summary>Runs HAProxy's check as a process that is bounded in time and output, and always ends with us.</summary>
internal sealed class CheckProcess(HaproxyInvocation invocation, HaproxyCheckerOptions options, TimeProvider time)
{
    private const int ChunkBytes = 16 * 1024;

    internal async Task<CheckRun> RunAsync(IReadOnlyList<string> configPaths, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = time.GetTimestamp();
        using var process = new Process { StartInfo = StartInfo(configPaths) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new CheckRun(
                null, "", $"{invocation.Executable} cannot be run: {e.Message}", time.GetElapsedTime(started));
        }

        using var limit = new CancellationTokenSource(options.TimeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var output = new MemoryStream();
        string? problem = null;
        try
        {
            process.StandardInput.Close();
            await Task.WhenAll(
                CollectAsync(process.StandardError.BaseStream, output, both.Token),
                CollectAsync(process.StandardOutput.BaseStream, output, both.Token)).ConfigureAwait(false);
            await process.WaitForExitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            problem = $"HAProxy did not end its check within {options.TimeLimit.TotalSeconds:0.###} s";
        }
        finally
        {
            await EndAsync(process).ConfigureAwait(false);
        }

        var text = Encoding.UTF8.GetString(output.GetBuffer().AsSpan(0, (int)output.Length));
        return new CheckRun(problem is null ? process.ExitCode : null, text, problem, time.GetElapsedTime(started));
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> configPaths)
    {
        var start = new ProcessStartInfo(invocation.Executable)
        {
            WorkingDirectory = invocation.WorkingFolder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        foreach (var option in invocation.Options)
        {
            start.ArgumentList.Add(option);
        }

        foreach (var path in configPaths)
        {
            start.ArgumentList.Add("-f");
            start.ArgumentList.Add(path);
        }

        start.Environment.Clear();
        foreach (var (name, value) in invocation.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Reads to the end, so that HAProxy is never held up, and keeps what fits.</summary>
    private async Task CollectAsync(Stream from, MemoryStream to, CancellationToken cancellationToken)
    {
        var chunk = new byte[ChunkBytes];
        int read;
        while ((read = await from.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            lock (to)
            {
                to.Write(chunk, 0, (int)Math.Min(read, Math.Max(0, options.MaxOutputBytes - to.Length)));
            }
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
