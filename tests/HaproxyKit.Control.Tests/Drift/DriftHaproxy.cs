using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Deployment;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Tests.Drift;

/// <summary>A real HAProxy with servers to play with, and what looks at it.</summary>
internal sealed class DriftHaproxy : IAsyncDisposable
{
    internal const string More = """
        backend moved
          default-server weight 7 maxconn 9
          server m1 192.0.2.1:80
          server m2 192.0.2.2:80 weight 3
          server spare 192.0.2.3:80 disabled
          server-template t 1-3 192.0.2.4:80

        """;

    private DriftHaproxy(DeployedHaproxy deployed)
    {
        Deployed = deployed;
        var options = new HaproxyOptions { ConfigFile = deployed.Instance.ConfigPath, PidFile = deployed.Instance.PidFile };
        Watch = new WorkerWatch(new RuntimeClient(RuntimeEndpoint.Unix(deployed.Instance.StatsSocket)), new MasterClient(RuntimeEndpoint.Unix(deployed.Instance.MasterSocket)));
        Detector = new DriftDetector(deployed.File, Watch, new InvocationSource(options, Watch), TimeProvider.System);
    }

    internal DeployedHaproxy Deployed { get; }

    internal WorkerWatch Watch { get; }

    internal DriftDetector Detector { get; }

    internal ConfigDocument Document => ConfigDocument.Parse(Deployed.Bytes(), Deployed.Instance.ConfigPath);

    internal static async Task<DriftHaproxy> StartAsync(string branch, string more = More) => new(await DeployedHaproxy.StartAsync(branch, more));

    /// <summary>The differences as text.</summary>
    internal async Task<IReadOnlyList<string>> DetectAsync(ConfigDocument? wanted = null)
    {
        var report = await Detector.DetectAsync(wanted);
        Assert.Empty(report.Diagnostics);
        return [.. report.Items.Select(item => item.ToString())];
    }

    /// <summary>Asks as somebody else would, and makes sure that HAProxy took it.</summary>
    internal async Task SayAsync(params string[] commands)
    {
        foreach (var command in commands)
        {
            var answer = await Deployed.Instance.AskAsync(command);
            Assert.DoesNotContain(["Unknown", "No such", "require", "Permission"], refusal => answer!.Contains(refusal, StringComparison.Ordinal));
        }
    }

    /// <summary>Edits the file as an editor does.</summary>
    internal void Edit(string from, string to)
    {
        var text = Deployed.Text;
        Assert.Contains(from, text);
        File.WriteAllText(Deployed.Instance.ConfigPath, text.Replace(from, to, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => Deployed.DisposeAsync();
}
