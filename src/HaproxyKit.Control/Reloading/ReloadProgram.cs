using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>
/// Runs a program that sees to a reload: without a shell, without input, bounded in time and in what is kept of its
/// output.
/// </summary>
/// <param name="program">Its path.</param>
/// <param name="arguments">Its arguments, as they are.</param>
/// <param name="time">The clock.</param>
internal sealed class ReloadProgram(string program, IReadOnlyList<string> arguments, TimeProvider time)
{
    private const int MaxOutputBytes = 4 * 1024;

    /// <summary>What the program leaves behind may hold its output open for ever.</summary>
    private static readonly TimeSpan OutputLimit = TimeSpan.FromMilliseconds(200);

    /// <exception cref="RuntimeException">The program could not be started.</exception>
    internal async Task<ReloadAnswer> RunAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var process = Start();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        process.StandardInput.Close();
        var output = new MemoryStream();
        var reading = Task.WhenAll(
            CollectAsync(process.StandardOutput.BaseStream, output, ends.Token),
            CollectAsync(process.StandardError.BaseStream, output, ends.Token));
        try
        {
            if (!await HasExitedAsync(process, limit, cancellationToken).ConfigureAwait(false))
            {
                return Complain($"did not end within {limit.TotalSeconds:0.###} s", output);
            }

            await Task.WhenAny(reading, Task.Delay(OutputLimit, time, cancellationToken)).ConfigureAwait(false);
            return process.ExitCode == 0 ? ReloadAnswer.None : Complain($"ended with exit code {process.ExitCode}", output);
        }
        finally
        {
            // Only itself: HAProxy may be among what it has started.
            process.Kill();
            await ends.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start) ?? throw MasterProcess.Refused($"{program} did not start");
        }
        catch (Win32Exception e)
        {
            throw MasterProcess.Refused($"{program} cannot be run: {e.Message}", e);
        }
    }

    private async Task<bool> HasExitedAsync(Process process, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private ReloadAnswer Complain(string what, MemoryStream output)
    {
        string said;
        lock (output)
        {
            said = Encoding.UTF8.GetString(output.GetBuffer().AsSpan(0, (int)output.Length)).Trim();
        }

        return new ReloadAnswer(null, "", said.Length == 0 ? $"{program} {what}" : $"{program} {what}: {said}");
    }

    /// <summary>Reads to the end, so that the program is never held up, and keeps what fits.</summary>
    private static async Task CollectAsync(Stream from, MemoryStream to, CancellationToken cancellationToken)
    {
        var chunk = new byte[MaxOutputBytes];
        int read;
        while ((read = await from.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            lock (to)
            {
                to.Write(chunk, 0, (int)Math.Min(read, MaxOutputBytes - to.Length));
            }
        }
    }
}
