using System.Diagnostics;
using System.Text;

namespace HaproxyKit.Tool.Tests.Support;

/// <summary>What the program did: it runs as a process of its own.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Bytes">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record ToolRun(int ExitCode, byte[] Bytes, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    internal static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "HaproxyKit.Tool.dll");

    internal string Output => Encoding.UTF8.GetString(Bytes);

    internal static Task<ToolRun> OfAsync(params string[] arguments) => OfAsync(null, arguments);

    internal static Task<ToolRun> OfAsync(byte[]? input, string[] arguments) =>
        OfProgramAsync("dotnet", [Program, .. arguments], input);

    internal static async Task<ToolRun> OfProgramAsync(string program, string[] arguments, byte[]? input = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
        };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("NO_COLOR");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], limit.Token);
            process.StandardInput.Close();
            await reading;
            await process.WaitForExitAsync(limit.Token);
            return new ToolRun(process.ExitCode, output.ToArray(), await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Fails unless the program ended so, and said nothing on standard error.</summary>
    internal ToolRun MustEndWith(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode}\n{Output}\n{Errors}");
        Assert.Equal("", Errors);
        return this;
    }

    /// <summary>Fails unless the program ended well, whatever it said.</summary>
    internal void MustSucceed() => Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Errors}");

    /// <summary>Fails unless the program ended so, with one line on standard error.</summary>
    internal void MustFailWith(int exitCode, string message)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode}\n{Output}\n{Errors}");
        Assert.Equal($"haproxykit: {message}\n", Errors);
    }
}
