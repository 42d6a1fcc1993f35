using System.Collections.Concurrent;
using System.Text;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>What must hold of a file that several programs change at once.</summary>
public sealed class ConfigFileProperties : IDisposable
{
    private const int Seed = 20_240_607;
    private const int Replacers = 3;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// Replacers race with an editor who saves by rename and in place, in several writes. Every replacement was made
    /// from a revision; followed backwards from what stands in the file, they lead to the editor's last save, or one
    /// was lost.
    /// </summary>
    [Fact]
    public async Task An_editors_save_is_never_lost()
    {
        const int Saves = 400;
        var random = new Random(Seed);
        var path = folder.Write("haproxy.cfg", "# save 0\n");
        var madeFrom = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        using var stop = new CancellationTokenSource();
        var conflicts = 0;
        var replaced = 0;
        var replacers = Enumerable.Range(0, Replacers).Select(id => Task.Run(async () =>
        {
            var file = new ConfigFile(path);
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var read = await file.ReadAsync();
                var content = Encoding.UTF8.GetBytes($"# replacement {i} by {id}\n");
                madeFrom[ConfigRevision.HashOf(content)] = read.Hash;
                var result = await file.ReplaceAsync(read, content);
                Interlocked.Increment(ref result.IsReplaced ? ref replaced : ref conflicts);
            }
        })).ToArray();

        for (var i = 1; i <= Saves; i++)
        {
            var save = $"# save {i}\n# {new string('x', random.Next(20_000))}\n";
            Save(path, save, random);
            var hash = ConfigRevision.HashOf(Encoding.UTF8.GetBytes(save));
            await Eventually.TrueAsync(
                async () => Origin(await new ConfigFile(path).ReadAsync(), madeFrom) == hash,
                $"save {i} is in the file");

            // The next save falls somewhere into the next replacements.
            var goal = Volatile.Read(ref replaced) + random.Next(3);
            await Eventually.TrueAsync(
                () => replacers.Any(r => r.IsFaulted) || Volatile.Read(ref replaced) >= goal, $"{goal} replacements");

            Thread.SpinWait(random.Next(50_000));
        }

        await stop.CancelAsync();
        await Task.WhenAll(replacers);
        TestContext.Current.SendDiagnosticMessage($"{replaced} replacements, {conflicts} conflicts");
        Assert.True(
            replaced > Saves / 4 && conflicts > 0,
            $"{replaced} replacements and {conflicts} conflicts: no race");
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_process_killed_at_any_moment_leaves_one_of_the_two_files()
    {
        const int Kills = 50;
        var random = new Random(Seed);
        var path = folder.Write("haproxy.cfg", "# before\n");
        for (var i = 0; i < Kills; i++)
        {
            using var child = ChildProcess.Start("replace", path, "0");
            Assert.Equal("ready", await child.ReadLineAsync());
            await Task.Delay(TimeSpan.FromMicroseconds(random.Next(15_000)), TimeProvider.System);
            await child.KillAsync();

            Assert.Contains(File.ReadAllText(path), ChildProcess.Contents);
            var verification = await new ConfigFile(path).VerifyAsync();
            Assert.True(verification.IsUsable, verification.Message);
            Assert.False(verification.RescuedSave);
            Assert.Contains(File.ReadAllText(path), ChildProcess.Contents);
            Assert.Equal([path], Directory.GetFiles(folder.Path));
        }
    }

    /// <summary>Walks from what stands in the file back over our replacements to what somebody else saved.</summary>
    private static string Origin(ConfigRevision present, ConcurrentDictionary<string, string> madeFrom)
    {
        var hash = present.Hash;
        while (madeFrom.TryGetValue(hash, out var earlier))
        {
            hash = earlier;
        }

        return hash;
    }

    private static void Save(string path, string text, Random random)
    {
        if (random.Next(2) == 0)
        {
            File.WriteAllText(path + ".new", text);
            File.Move(path + ".new", path, overwrite: true);
            return;
        }

        using var file = new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var bytes = Encoding.UTF8.GetBytes(text);
        var half = random.Next(bytes.Length);
        file.Write(bytes.AsSpan(0, half));
        Thread.SpinWait(random.Next(20_000));
        file.Write(bytes.AsSpan(half));
    }
}
