using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>HAProxy 3.2 ends when it reloads at a moment without a file: there is none.</summary>
public sealed class NeverWithoutFileTests
{
    private const string End = "# end\n";

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_file_is_whole_at_every_moment(string branch)
    {
        await using var bed = await FaultBed.StartAsync(branch, string.Concat(Enumerable.Repeat("# a long file\n", 2_000)) + End);
        var deployer = bed.Deployer();
        var stopping = false;
        var reads = 0;
        var broken = new List<string>();
        var watcher = new Thread(() =>
        {
            for (; !Volatile.Read(ref stopping); reads++)
            {
                var seen = Read(bed.ConfigPath);
                if (!seen.StartsWith("# begin\n", StringComparison.Ordinal) || !seen.EndsWith(End, StringComparison.Ordinal))
                    broken.Add(seen.Length < 200 ? seen : $"{seen.Length} characters");
            }
        });
        watcher.Start();
        try
        {
            for (var i = 0; i < LongForm.Times(100, 2_000); i++)
            {
                var (from, to) = i % 50 == 49 ? ($"maxconn {200 + (i / 50)}\n", $"maxconn {201 + (i / 50)}\n") : ($" s1 127.0.0.{Host(i)}:", $" s1 127.0.0.{Host(i + 1)}:");
                var attempt = await FaultAttempt.OfAsync(deployer, FaultBed.Replacing(from, to).Request);
                Assert.True(attempt.Outcome == DeploymentOutcome.Applied, $"{i}: {attempt}");
            }
        }
        finally
        {
            Volatile.Write(ref stopping, true);
            watcher.Join();
        }

        Assert.True(broken.Count == 0, $"{broken.Count} of {reads} times: {string.Join("; ", broken.Distinct())}");
        Assert.True(reads > 100, $"{reads} reads");
        LongForm.Tell($"HAProxy {branch}: {reads} reads");
        await Aftermath.AssertAsync(bed);
    }

    private static int Host(int change) => 2 + ((change - (change / 50)) % 200);

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }
}
