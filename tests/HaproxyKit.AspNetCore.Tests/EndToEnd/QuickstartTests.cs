using System.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>The README's first command, as a new user gives it.</summary>
public sealed class QuickstartTests
{
    [Fact]
    public async Task Quickstart_shows_the_main_job_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "samples", "quickstart.sh"), "--once"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The operator's own page is on the port behind the frontend's.
        var (frontend, _, webhook) = (Ports.Take(), Ports.Take(), Ports.Take());
        start.Environment["FRONTEND_PORT"] = $"{frontend}";
        start.Environment["WEBHOOK_PORT"] = $"{webhook}";
        start.Environment["TMPDIR"] = folder.Path;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        var said = await output + await errors;
        Assert.True(process.ExitCode == 0, said);
        Assert.Contains("reaches: node A", said, StringComparison.Ordinal);
        Assert.Contains("reaches: node B", said, StringComparison.Ordinal);
        Assert.Contains("+frontend phonehome_", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder.Path), entry => entry.Contains("haproxykit.", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.EnumerateDirectories("/proc").Select(process => Path.Combine(process, "cmdline")),
            file => TryRead(file).Contains(folder.Path, StringComparison.Ordinal));
    }

    private static string TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
