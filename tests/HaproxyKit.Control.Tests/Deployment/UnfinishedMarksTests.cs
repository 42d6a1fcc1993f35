using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Faults;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>A mark says that a program was killed in the middle of a change, and never says so of one that lives.</summary>
public sealed class UnfinishedMarksTests
{
    /// <summary>A lock belongs to whoever opened the file, so that threads stand in for processes here.</summary>
    [Fact]
    public async Task AnyAbandoned_never_takes_the_mark_of_a_living_program_for_an_abandoned_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("haproxy.cfg", "");
        var changes = LongForm.Times(4_000, 40_000);
        using var over = new CancellationTokenSource();
        using var ready = new CountdownEvent(2);
        var looking = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var (looks, mistakes) = (0, 0);
                ready.Signal();
                for (; !over.IsCancellationRequested; looks++)
                {
                    mistakes += new UnfinishedMarks(path).FindAbandoned() ? 1 : 0;
                    Leftovers.Clear(path);
                }

                return (looks, mistakes);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToList();
        var marks = new UnfinishedMarks(path);
        ready.Wait(TestContext.Current.CancellationToken);

        for (var i = 0; i < changes; i++)
        {
            marks.Begin().Dispose();
        }

        await over.CancelAsync();
        var seen = await Task.WhenAll(looking);
        LongForm.Tell($"{changes} changes, {seen.Sum(one => one.looks)} looks at them");
        Assert.All(seen, one => Assert.True(one.looks > 0));
        Assert.Equal(0, seen.Sum(one => one.mistakes));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void AnyAbandoned_mark_without_a_program_is_one_until_it_is_forgotten()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("haproxy.cfg", "");
        using (new UnfinishedMarks(path).Begin())
        {
            var mark = Assert.Single(Directory.GetFileSystemEntries(folder.Path), entry => entry != path);
            Assert.False(new UnfinishedMarks(path).FindAbandoned());
            File.WriteAllBytes(mark.Replace("haproxy.cfg.", "haproxy.cfg.0", StringComparison.Ordinal), []);
        }

        var started = new UnfinishedMarks(path);
        Assert.True(started.FindAbandoned());
        started.Forget();

        Assert.False(started.FindAbandoned());
        Assert.False(new UnfinishedMarks(path).FindAbandoned());
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }
}
