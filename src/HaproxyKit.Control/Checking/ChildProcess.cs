using System.Diagnostics;
using System.Text;

namespace HaproxyKit.Control.Checking;

/// <summary>Runs a program to its end and keeps what it prints, within bounds of time and size.</summary>
internal static class ChildProcess
{
    private const int MaxOutput = 1024 * 1024;

    /// <summary>Runs a program.</summary>
    /// <returns>The exit code, or null where the time was up and the program was ended; and what it printed, the errors first.</returns>
    internal static async Task<(int? ExitCode, string Output)> RunAsync(
        ProcessStartInfo start, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var errors = ReadAsync(process.StandardError);
        var output = ReadAsync(process.StandardOutput);
        try
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return (process.ExitCode, await errors.ConfigureAwait(false) + await output.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return (null, await errors.ConfigureAwait(false));
        }
    }

    /// <summary>Reads to the end, so that the program never waits, and keeps the beginning.</summary>
    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            kept.Append(buffer, 0, Math.Min(count, MaxOutput - kept.Length));
        }

        return kept.ToString();
    }
}
