using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

[CollectionDefinition(nameof(RuntimeClientDescriptorTests), DisableParallelization = true)]
[Collection(nameof(RuntimeClientDescriptorTests))]
public sealed class RuntimeClientDescriptorTests
{
    [Fact]
    public async Task SendAsync_a_thousand_times_leaves_no_descriptor_open()
    {
        await using var haproxy = await RuntimeHaproxy.StartAsync("2.6");
        await using var silent = FakeRuntimeSocket.Answering("");
        using var folder = new TemporaryFolder();
        RuntimeClient[] broken = [silent.Client(), new(RuntimeEndpoint.Unix(folder.File("none.sock")))];
        await haproxy.Client.ShowInfoAsync();
        var before = OpenDescriptors();

        for (var i = 0; i < 1_000; i++)
        {
            await haproxy.Client.ShowInfoAsync();
            await Assert.ThrowsAsync<RuntimeException>(() => broken[i % 2].ShowInfoAsync());
        }

        await Eventually.TrueAsync(() => OpenDescriptors() <= before + 5, $"no more than the {before} descriptors of before are open");
    }

    private static int OpenDescriptors() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
}
