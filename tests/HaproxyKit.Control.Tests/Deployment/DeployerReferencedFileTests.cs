using System.Text;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Planning;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>Files that change together with the configuration, and go back together with it.</summary>
public sealed class DeployerReferencedFileTests
{
    [Fact]
    public async Task ApplyAsync_map_is_replaced_on_disk_and_in_HAProxy_without_a_reload()
    {
        await using var haproxy = await StartAsync();
        var path = MapOf(haproxy);

        var result = await haproxy.Deployer().ApplyAsync(Unchanged with { Files = [Map(path, "1 one\n2 two\n")] });

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: false }, $"{result.Outcome} {result.Plan} {string.Join(';', result.Diagnostics)}");
        Assert.Equal("1 one\n2 two\n", File.ReadAllText(path));
        Assert.Equal(["1 one", "2 two"], await EntriesAsync(haproxy));
    }

    [Fact]
    public async Task ApplyAsync_rejected_change_puts_its_files_back()
    {
        await using var haproxy = await StartAsync();
        var path = MapOf(haproxy);
        var fresh = Path.Combine(haproxy.Instance.Folder, "fresh.map");

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Add("backend bad\n  nonsense\n") with
        {
            Files = [Map(path, "3 three\n"), Map(fresh, "4 four\n")],
        });

        Assert.Equal(DeploymentOutcome.Rejected, result.Outcome);
        Assert.Equal("1 first\n", File.ReadAllText(path));
        Assert.False(File.Exists(fresh));
        Assert.Equal(["1 first"], await EntriesAsync(haproxy));
    }

    [Fact]
    public async Task ApplyAsync_new_file_is_there_when_HAProxy_is_asked_about_the_lines_that_name_it()
    {
        await using var haproxy = await StartAsync();
        var fresh = Path.Combine(haproxy.Instance.Folder, "fresh.map");

        var result = await haproxy.Deployer().ApplyAsync(DeployedHaproxy.Add($"backend more\n  tcp-request content reject if {{ src,map({fresh}) -m found }}\n") with
        {
            Files = [Map(fresh, "192.0.2.1 one\n")],
        });

        Assert.True(result is { Outcome: DeploymentOutcome.Applied, Reloaded: true }, $"{result.Outcome} {result.Plan} {string.Join(';', result.Diagnostics)}");
        Assert.Equal("192.0.2.1 one\n", File.ReadAllText(fresh));
        Assert.DoesNotContain(Directory.GetFiles(haproxy.Instance.Folder), file => file.EndsWith('~'));
    }

    [Fact]
    public async Task ApplyAsync_relative_path_is_the_callers_mistake()
    {
        await using var haproxy = await StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => haproxy.Deployer().ApplyAsync(Unchanged with { Files = [Map("some.map", "")] }));
    }

    private static DeploymentRequest Unchanged => DeployedHaproxy.Change("nothing of the kind", "");

    private static ReferencedFile Map(string path, string content) => new(ReferencedFileKind.Map, path, Encoding.UTF8.GetBytes(content));

    private static string MapOf(DeployedHaproxy haproxy) => Path.Combine(haproxy.Instance.Folder, "first.map");

    private static async Task<IEnumerable<string>> EntriesAsync(DeployedHaproxy haproxy) =>
        (await haproxy.Instance.AskAsync($"show map {MapOf(haproxy)}"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', 2)[1]);

    private static async Task<DeployedHaproxy> StartAsync()
    {
        var haproxy = await DeployedHaproxy.StartAsync();
        File.WriteAllText(MapOf(haproxy), "1 first\n");
        File.AppendAllText(haproxy.Instance.ConfigPath, $"backend mapped\n  tcp-request content reject if {{ src,map_str({MapOf(haproxy)}) -m found }}\n");
        await haproxy.Instance.ReloadAsync();
        return haproxy;
    }
}
