using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Model;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

/// <summary>What we count is what HAProxy counts.</summary>
public sealed class DescriptorNeedsTests
{
    private const string Base = HaproxyInstance.Global + "defaults\n  mode tcp\n  timeout connect 2s\n  timeout client 1m\n  timeout server 1m\n";

    private static readonly string[] Sections =
    [
        "frontend g\n  bind 127.0.0.1:{other}\n",
        "frontend g\n  bind abns@haproxykit-{other}\n",
        "listen g\n  bind 127.0.0.1:{other},127.0.0.2:{other}\n  server n1 127.0.0.2:9 check\n",
        "backend b\n  server n1 127.0.0.2:9\n",
        "backend b\n  server n1 127.0.0.2:9 check\n  server n2 127.0.0.2:9 check disabled\n",
        "backend b\n  server n1 127.0.0.2:9 agent-check agent-port 3\n",
        "backend b\n  server n1 127.0.0.2:9 agent-port 3\n",
        "backend b\n  server n1 127.0.0.2:9 port 3 port 4\n",
        "backend b\n  default-server check port 0\n  server n1 127.0.0.2:9\n  server n2 127.0.0.2:9 no-check\n",
        "backend b\n  default-server port 0\n  default-server agent-check agent-port 3\n  server n1 127.0.0.2:9 check\n  server n2 127.0.0.2:9 no-agent-check\n",
        "backend b\n  server n1 127.0.0.2:9\n  default-server check\n  server n2 127.0.0.2:9\n",
        "backend b\n  server-template s 1-5 127.0.0.2:9 check port 80\n",
        "backend b\n  server-template s 4 127.0.0.2:9 check\n",
        "backend b\n  server-template s 3 127.0.0.2:9 port 80\n",
        "defaults d\n  mode tcp\n  default-server check port 3\nbackend b\n  server n1 127.0.0.2:9\n  server n2 127.0.0.2:9 no-check\n",
    ];

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task Of_is_what_HAProxy_sets_aside(string branch)
    {
        var (program, text) = (HaproxyPrograms.Of(branch), $"{Base}frontend f\n  bind 127.0.0.1:{Ports.Take()}\n");
        await using var without = await HaproxyInstance.StartAsync(text, program);
        var (counted, needed) = (await without.MaxSockAsync(), NeedsOf(text));
        foreach (var section in Sections)
        {
            var with = text + section.Replace("{other}", $"{Ports.Take()}", StringComparison.Ordinal);
            await using var haproxy = await HaproxyInstance.StartAsync(with, program);
            Assert.Equal((section, await haproxy.MaxSockAsync() - counted), (section, NeedsOf(with) - needed));
        }
    }

    private static int NeedsOf(string text) => DescriptorNeeds.Of(HaproxyConfig.Parse(text).Sections.OfType<ProxySection>());
}
