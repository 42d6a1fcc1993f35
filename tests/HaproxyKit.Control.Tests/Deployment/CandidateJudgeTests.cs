using System.Net;
using System.Net.Sockets;
using System.Text;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

public sealed class CandidateJudgeTests
{
    private const string Before = "defaults\n  timeout client 5s\n  timeout server 5s\n  timeout connect 1s\n"
        + "listen stats\n  bind 127.0.0.1:8404\n";

    /// <summary>Without a word about it, Linux binds <c>::</c> for IPv4 too, and HAProxy then needs both.</summary>
    [Theory]
    [InlineData("", false)]
    [InlineData(" v4v6", false)]
    [InlineData(" v6only", true)]
    public async Task JudgeAsync_ipv6_bind_on_a_port_that_ipv4_has_is_refused_unless_it_is_for_ipv6_alone(
        string option, bool accepted)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6");
        using var folder = new TemporaryFolder();
        var path = folder.Write("haproxy.cfg", Before);
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, Ports.Take()));
        other.Listen();
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;
        var checker = new HaproxyChecker(new HaproxyInvocation
        {
            Executable = HaproxyPrograms.Installed,
            ConfigPaths = [path],
            WorkingFolder = folder.Path,
            Environment = new Dictionary<string, string>(),
        });
        var wanted = Before + $"listen added\n  bind :::{port}{option}\n";

        var verdict = await new CandidateJudge(path, checker, new BindProbe())
            .JudgeAsync(Parse(Before), Parse(wanted), running: null, CancellationToken.None);

        Assert.Equal(accepted, verdict.IsAccepted);
        Assert.Equal(accepted ? [] : [DiagnosticIds.BindUnavailable], verdict.Diagnostics.Select(d => d.Id));

        ConfigDocument Parse(string text) => ConfigDocument.Parse(Encoding.UTF8.GetBytes(text), path);
    }
}
