using System.Net;
using System.Net.Sockets;
using System.Text;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>A range of ports behind one bind, of which a map says which are open (rule 12).</summary>
public sealed class PortRangeTests
{
    private const string Free = "server n1 0.0.0.0:1 disabled";

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_port_of_a_range_opens_and_closes_without_a_reload(string branch)
    {
        var first = TwoPorts();
        var (port, other) = (first, first + 1);
        using var folder = new TemporaryFolder();
        var map = folder.Write("range.map", "# port 1\n");
        var more = $$"""
            frontend range
              bind 127.0.0.1:{{first}}-{{other}}
              tcp-request connection reject unless { dst_port,map_str_int({{map}},0) gt 0 }
              use_backend pm_%[dst_port]
            backend pm_{{port}}
              {{Free}}
            backend pm_{{other}}
              {{Free}}

            """;
        await using var haproxy = await DeployedHaproxy.StartAsync(branch, more);
        var taken = $"server n1 127.0.0.2:{haproxy.NodePort}";
        var worker = await haproxy.Instance.WorkerPidAsync();
        await using var deployer = haproxy.Deployer();
        Assert.Null(await HttpProbe.AskAsync(port));

        var opened = await deployer.ApplyAsync(Change(port, Free, taken, map, $"{port} 1\n"));

        Assert.Equal((DeploymentOutcome.Applied, false), (opened.Outcome, opened.Reloaded));
        Assert.Equal("node", await HttpProbe.AskAsync(port));
        Assert.Null(await HttpProbe.AskAsync(other));
        Assert.Equal($"{port} 1\n", await File.ReadAllTextAsync(map));

        var closed = await deployer.ApplyAsync(Change(port, taken, Free, map, "# port 1\n"));

        Assert.Equal((DeploymentOutcome.Applied, false), (closed.Outcome, closed.Reloaded));
        Assert.Null(await HttpProbe.AskAsync(port));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
    }

    private static DeploymentRequest Change(int port, string from, string to, string map, string open) => new()
    {
        Edit = document => ConfigDocument.Parse(
            document.ToString().Replace($"backend pm_{port}\n  {from}\n", $"backend pm_{port}\n  {to}\n", StringComparison.Ordinal), document.Path),
        Files = [new ReferencedFile(ReferencedFileKind.Map, map, Encoding.UTF8.GetBytes(open))],
        IsManaged = static name => name.StartsWith("pm_", StringComparison.Ordinal),
    };

    /// <summary>The first of two ports, one after the other, that nobody has.</summary>
    private static int TwoPorts()
    {
        while (true)
        {
            var first = Ports.Take();
            using var second = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                second.Bind(new IPEndPoint(IPAddress.Loopback, first + 1));
                return first;
            }
            catch (SocketException)
            {
                // Somebody has the one behind it.
            }
        }
    }
}
