using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

public sealed class BindProbeTests
{
    private readonly BindProbe probe = new();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::")]
    public void Try_free_port_is_available_and_given_back(string address)
    {
        SkipWithoutIpv6(address);
        var endPoint = new IPEndPoint(IPAddress.Parse(address), Ports.Take());

        var first = probe.Try(endPoint);
        var second = probe.Try(endPoint);

        Assert.Equal((BindAvailability.Available, null), (first.Availability, first.Diagnostic));
        Assert.True(second.IsAvailable);
    }

    /// <summary>HAProxy listens with SO_REUSEPORT, so a probe with that option would find its port free.</summary>
    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task Try_port_on_which_haproxy_listens_is_taken(string branch)
    {
        await using var node = StandInNode.Start("A");
        var port = Ports.Take();
        await using var haproxy = await HaproxyInstance.StartAsync(
            HaproxyInstance.Global
            + "defaults\n  mode tcp\n  timeout client 20s\n  timeout server 20s\n  timeout connect 1s\n"
            + $"listen web\n  bind 127.0.0.1:{port}\n  server s1 {node.Address}:{node.Port}\n",
            HaproxyPrograms.Of(branch));

        foreach (var address in new[] { IPAddress.Loopback, IPAddress.Any })
        {
            var result = probe.Try(new IPEndPoint(address, port));
            Assert.Equal(BindAvailability.Taken, result.Availability);
            Assert.Equal(DiagnosticIds.BindUnavailable, result.Diagnostic!.Id);
            Assert.Contains(
                $"{address}:{port} cannot be bound: another program listens there", result.Diagnostic.Message);
        }

        Assert.True(probe.Try(new IPEndPoint(IPAddress.Parse("127.0.0.9"), port)).IsAvailable);
        Assert.Equal("A", await HttpProbe.AskAsync(port));
    }

    [Theory]
    [InlineData("0.0.0.0", "127.0.0.1", false)]
    [InlineData("::", "127.0.0.1", false)]
    [InlineData("127.0.0.1", "::", true)]
    [InlineData("::1", "::", false)]
    public void Try_port_of_another_program_is_taken_across_families(string held, string wanted, bool freeForIpv6Only)
    {
        SkipWithoutIpv6(held, wanted);
        var port = Ports.Take();
        using var other = Listen(IPAddress.Parse(held), port);

        Assert.Equal(BindAvailability.Taken, probe.Try(new IPEndPoint(IPAddress.Parse(wanted), port)).Availability);
        Assert.Equal(
            freeForIpv6Only, probe.Try(new IPEndPoint(IPAddress.Parse(wanted), port), ipv6Only: true).IsAvailable);
    }

    [Fact]
    public void Try_port_whose_connections_wait_to_be_forgotten_is_available()
    {
        var port = Ports.Take();
        using (var server = Listen(IPAddress.Loopback, port))
        using (var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            client.Connect(IPAddress.Loopback, port);
            using var accepted = server.Accept();

            // Who closes first waits: it has to be the side with our port.
            accepted.Shutdown(SocketShutdown.Both);
            Assert.Equal(0, client.Receive(new byte[1]));
        }

        const string WaitState = "06";
        Assert.Contains(
            File.ReadLines("/proc/net/tcp").Where(line => line.Contains($":{port:X4} ")),
            line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3] == WaitState);
        Assert.Equal(BindAvailability.Available, probe.Try(new IPEndPoint(IPAddress.Loopback, port)).Availability);
    }

    [Fact]
    public void Try_address_of_another_machine_is_not_here()
    {
        var result = probe.Try(new IPEndPoint(IPAddress.Parse("192.0.2.1"), Ports.Take()));

        Assert.Equal(BindAvailability.AddressNotHere, result.Availability);
        Assert.Contains("does not have the address", result.Diagnostic!.Message);
    }

    [Fact]
    public void Try_port_of_outgoing_connections_is_refused_unless_allowed()
    {
        var range = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range")
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        using var free = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var endPoint = (IPEndPoint)free.LocalEndPoint!;
        free.Dispose();
        Assert.InRange(endPoint.Port, int.Parse(range[0]), int.Parse(range[1]));

        var refused = probe.Try(endPoint);
        var allowed = new BindProbe(new BindProbeOptions { AllowEphemeralPorts = true }).Try(endPoint);

        Assert.Equal(BindAvailability.EphemeralRange, refused.Availability);
        Assert.Contains("ip_local_reserved_ports", refused.Diagnostic!.Hint);
        Assert.NotEqual(BindAvailability.EphemeralRange, allowed.Availability);
    }

    [Theory]
    [InlineData(32767, "32768\t60999\n", "", false)]
    [InlineData(32768, "32768\t60999\n", "\n", true)]
    [InlineData(60999, "32768\t60999\n", "8080,9148\n", true)]
    [InlineData(61000, "32768\t60999\n", "", false)]
    [InlineData(40000, "32768\t60999\n", "8080,39990-40010\n", false)]
    [InlineData(40011, "32768\t60999\n", "8080,39990-40010,40012\n", true)]
    [InlineData(40012, "32768\t60999\n", "8080,39990-40010,40012\n", false)]
    [InlineData(40012, "", "", false)]
    public void Contains_range_and_reservations_as_the_kernel_writes_them(
        int port, string range, string reserved, bool expected) =>
        Assert.Equal(expected, EphemeralPorts.Contains(port, range, reserved));

    [Fact]
    public void Try_low_port_without_the_right_is_read_from_the_kernels_tables()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can try low ports and give the right up");
        var firstOpenPort = File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start").Trim();
        Assert.SkipUnless(firstOpenPort == "1024", "Low ports are open to everybody here");
        var free = new IPEndPoint(IPAddress.Loopback, FreeLowPort());
        using var six = Socket.OSSupportsIPv6 ? Listen(IPAddress.IPv6Loopback, FreeLowPort()) : null;
        using var other = Listen(IPAddress.Loopback, FreeLowPort(free.Port));
        var taken = (IPEndPoint)other.LocalEndPoint!;

        BindProbeResult Unprivileged(IPAddress address, int port) =>
            WithoutRight.ToLowPorts(() => probe.Try(new IPEndPoint(address, port)));

        Assert.Equal(BindAvailability.AvailableByTable, Unprivileged(free.Address, free.Port).Availability);
        Assert.Equal(BindAvailability.Taken, Unprivileged(taken.Address, taken.Port).Availability);
        Assert.Equal(BindAvailability.Taken, Unprivileged(IPAddress.Any, taken.Port).Availability);
        Assert.Equal(BindAvailability.Taken, Unprivileged(IPAddress.IPv6Any, taken.Port).Availability);
        Assert.Equal(
            BindAvailability.AvailableByTable, Unprivileged(IPAddress.Parse("127.0.0.9"), taken.Port).Availability);
        if (six?.LocalEndPoint is IPEndPoint { Port: var port })
        {
            Assert.Equal(BindAvailability.Taken, Unprivileged(IPAddress.IPv6Loopback, port).Availability);
            Assert.Equal(BindAvailability.AvailableByTable, Unprivileged(IPAddress.Loopback, port).Availability);
        }
    }

    [Fact]
    public void Listeners_rows_of_the_kernels_tables_are_read()
    {
        string[] table =
        [
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0",
            "   1: 0100007F:1F91 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0",
            "   2: B80D0120000000000000000001000000:01BB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:0",
            "   3: broken",
            "   4: XX00007F:1F90 00000000:0000 0A",
        ];
        Assert.SkipUnless(BitConverter.IsLittleEndian, "The rows are those of a little-endian machine");

        Assert.Equal(["127.0.0.1:8080", "[2001:db8::1]:443"], ListenerTable.Listeners(table).Select(l => l.ToString()));
    }

    [Fact]
    public void Try_port_0_is_a_callers_mistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => probe.Try(new IPEndPoint(IPAddress.Any, 0)));

    private static Socket Listen(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.Equals(IPAddress.IPv6Any))
        {
            socket.DualMode = true;
        }

        socket.Bind(new IPEndPoint(address, port));
        socket.Listen();
        return socket;
    }

    private int FreeLowPort(int except = 0) =>
        Enumerable.Range(600, 400).First(port => port != except
            && probe.Try(new IPEndPoint(IPAddress.Any, port)).IsAvailable
            && (!Socket.OSSupportsIPv6 || probe.Try(new IPEndPoint(IPAddress.IPv6Any, port)).IsAvailable));

    private static void SkipWithoutIpv6(params string[] addresses) =>
        Assert.SkipWhen(addresses.Any(a => a.Contains(':')) && !Socket.OSSupportsIPv6, "This machine has no IPv6");
}
