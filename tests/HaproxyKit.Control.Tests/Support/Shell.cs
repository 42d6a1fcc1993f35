using System.Diagnostics;

namespace HaproxyKit.Control.Tests.Support;

/// <summary>Runs a program of the system to its end.</summary>
internal static class Shell
{
    /// <returns>What it wrote, without the final line ending.</returns>
    internal static string Run(string program, params string[] arguments)
    {
        var (code, output) = Try(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {output}");
        return output;
    }

    internal static (int ExitCode, string Output) Try(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.TrimEnd('\n'));
    }
}
