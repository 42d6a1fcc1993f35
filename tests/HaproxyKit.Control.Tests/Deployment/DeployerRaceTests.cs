using System.Globalization;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>Somebody else's reload, and somebody else's deployer, around a change (rule 8).</summary>
public sealed class DeployerRaceTests
{
    [Theory]
    [MemberData(nameof(DeployedHaproxy.Ways), MemberType = typeof(DeployedHaproxy))]
    public async Task ApplyAsync_foreign_reload_around_a_new_address_leaves_file_worker_and_outcome_agreed(string branch, bool byMaster)
    {
        await using var haproxy = await DeployedHaproxy.StartAsync(branch);
        var deployer = haproxy.Deployer(byMaster);
        var random = new Random(8);
        var rounds = (branch == "2.6" ? 40 : 12) * Factor();
        var now = 2;
        for (var round = 0; round < rounds; round++)
        {
            var next = 2 + ((now - 1) % 50);
            var lead = random.Next(-30, 151);
            var foreign = Task.Run(async () =>
            {
                await Task.Delay(Math.Max(0, -lead));
                haproxy.Instance.Signal(ProcessSignal.User2);
            });
            await Task.Delay(Math.Max(0, lead));

            var result = await deployer.ApplyAsync(DeployedHaproxy.Change($"s1 127.0.0.{now}:", $"s1 127.0.0.{next}:", DeployedHaproxy.IsApp));

            await foreign;
            var said = $"round {round}, lead {lead}: {result.Outcome} {string.Join(';', result.Diagnostics)}";
            Assert.True(result.Outcome == DeploymentOutcome.Applied, said);
            await haproxy.SettleAsync();
            Assert.True($"127.0.0.{next}:{haproxy.NodePort}" == await haproxy.AddressAsync("app", "s1"), $"{said}, but HAProxy has {await haproxy.AddressAsync("app", "s1")}");
            Assert.Contains($"server s1 127.0.0.{next}:", haproxy.Text, StringComparison.Ordinal);
            now = next;
        }
    }

    [Fact]
    public async Task ApplyAsync_two_deployers_and_an_editor_lose_nothing()
    {
        const int Each = 20;
        var servers = string.Concat(Enumerable.Range(0, 2).Select(i => $"backend b{i}\n  server s 127.0.0.1:1\n"));
        await using var haproxy = await DeployedHaproxy.StartAsync(more: servers + "# saves: 0\n");
        var outcomes = new List<DeploymentResult>();
        async Task DeployAsync(int who)
        {
            var deployer = haproxy.Deployer();
            for (var i = 1; i <= Each; i++)
            {
                var address = $"127.0.{i}.{who + 1}:1";
                var result = await deployer.ApplyAsync(new DeploymentRequest
                {
                    Edit = document => Set(document, who, address),
                    Undo = document => document,
                    IsManaged = DeployedHaproxy.IsApp,
                });
                lock (outcomes)
                {
                    outcomes.Add(result);
                }

                if (result.Outcome == DeploymentOutcome.Applied)
                {
                    Assert.Equal(address, await haproxy.AddressAsync($"b{who}", "s"));
                }
            }
        }

        using var stop = new CancellationTokenSource();
        var saves = 0;
        async Task EditAsync()
        {
            for (; saves < 50 && !stop.IsCancellationRequested; saves++)
            {
                var revision = await haproxy.File.ReadAsync();
                var text = System.Text.Encoding.UTF8.GetString(revision.Content.Span);
                while (!(await haproxy.File.ReplaceAsync(
                    revision, System.Text.Encoding.UTF8.GetBytes(text.Replace($"# saves: {saves}\n", $"# saves: {saves + 1}\n")))).IsReplaced)
                {
                    revision = await haproxy.File.ReadAsync();
                    text = System.Text.Encoding.UTF8.GetString(revision.Content.Span);
                }
            }
        }

        await Task.WhenAll(DeployAsync(0), DeployAsync(1), EditAsync());

        Assert.Contains($"# saves: {saves}\n", haproxy.Text, StringComparison.Ordinal);
        Assert.All(outcomes, r => Assert.True(
            r.Outcome is DeploymentOutcome.Applied || (r.Outcome == DeploymentOutcome.Rejected && r.Diagnostics[0].Id == HaproxyKit.Diagnostics.DiagnosticIds.FileContended),
            $"{r.Outcome} {string.Join(';', r.Diagnostics)}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{outcomes.Count(r => r.Outcome == DeploymentOutcome.Applied)} applied of {outcomes.Count}, {saves} saves");
        for (var who = 0; who < 2; who++)
        {
            Assert.Contains($"backend b{who}\n  server s {await haproxy.AddressAsync($"b{who}", "s")}\n", haproxy.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(DeployedHaproxy.Ways), MemberType = typeof(DeployedHaproxy))]
    public async Task ApplyAsync_two_deployers_that_reload_at_once_leave_file_and_HAProxy_agreed(string branch, bool byMaster)
    {
        const int Each = 4;
        await using var haproxy = await DeployedHaproxy.StartAsync(branch);
        async Task<List<(int Port, DeploymentResult Result)>> DeployAsync()
        {
            var deployer = haproxy.Deployer(byMaster);
            var results = new List<(int, DeploymentResult)>();
            for (var i = 0; i < Each; i++)
            {
                var port = Ports.Take();
                results.Add((port, await deployer.ApplyAsync(DeployedHaproxy.Add($"frontend f{port}\n  bind 127.0.0.1:{port}\n  default_backend app\n"))));
            }

            return results;
        }

        var all = (await Task.WhenAll(DeployAsync(), DeployAsync())).SelectMany(results => results).ToList();

        await haproxy.SettleAsync();
        Assert.Contains(all, pair => pair.Result.Outcome == DeploymentOutcome.Applied);
        foreach (var (port, result) in all)
        {
            var said = $"{port}: {result.Outcome} {string.Join(';', result.Diagnostics)}";
            Assert.True((result.Outcome == DeploymentOutcome.Applied) == haproxy.Text.Contains($"frontend f{port}\n", StringComparison.Ordinal), said);
            Assert.True((result.Outcome == DeploymentOutcome.Applied ? "node" : null) == await HttpProbe.AskAsync(port), said);
        }
    }

    [Fact]
    public async Task ApplyAsync_new_address_is_quick()
    {
        var more = string.Concat(Enumerable.Range(0, 10).Select(i => $"backend b{i}\n  server s 127.0.0.1:1\n"));
        await using var haproxy = await DeployedHaproxy.StartAsync(more: more);
        var deployer = haproxy.Deployer();
        var worker = await haproxy.Instance.WorkerPidAsync();
        var times = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var address = $"127.0.{1 + i}.1:1";
            var result = await deployer.ApplyAsync(new DeploymentRequest { Edit = d => Set(d, 3, address), Undo = d => d, IsManaged = DeployedHaproxy.IsApp });
            times.Add(watch.Elapsed.TotalMilliseconds);
            Assert.Equal(DeploymentOutcome.Applied, result.Outcome);
            Assert.False(result.Reloaded);
        }

        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"address change: p50 {times[100]:0.00} ms, p99 {times[198]:0.00} ms, worst {times[199]:0.00} ms"));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
    }

    private static HaproxyKit.Syntax.ConfigDocument Set(HaproxyKit.Syntax.ConfigDocument document, int backend, string address)
    {
        var text = document.ToString();
        var start = text.IndexOf($"backend b{backend}\n  server s ", StringComparison.Ordinal) + $"backend b{backend}\n  server s ".Length;
        return HaproxyKit.Syntax.ConfigDocument.Parse(text[..start] + address + text[text.IndexOf('\n', start)..], document.Path);
    }

    private static int Factor() =>
        int.TryParse(Environment.GetEnvironmentVariable("HAPROXYKIT_LAW_FACTOR"), NumberStyles.None, CultureInfo.InvariantCulture, out var factor) ? factor : 1;
}
