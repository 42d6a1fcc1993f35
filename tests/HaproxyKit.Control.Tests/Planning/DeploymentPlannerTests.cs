using System.Net;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Tests.Planning;

public sealed class DeploymentPlannerTests
{
    private const string Base = """
        # by hand
        global
          maxconn 100
        defaults
          mode http
        frontend web
          bind 127.0.0.1:80
          stats auth admin:secret
          default_backend app
        backend app
          option httplog
          server s1 10.0.0.1:80 check weight 10   # first
          server s2 10.0.0.2:80 check
        backend other
          server s1 10.0.1.1:80
        """ + "\n";

    public static TheoryData<string, string, string, string> Pairs { get; } = new()
    {
        { "nothing", "s1", "s1", "" },
        { "address", "10.0.0.1:80", "10.0.0.9:81", "set app/s1 to 10.0.0.9:81" },
        { "IPv6 address", "10.0.0.1:80", "[2001:db8::1]:81", "set app/s1 to [2001:db8::1]:81" },
        { "address and comment", "10.0.0.1:80 check weight 10   # first", "10.0.0.9:80 check   weight 10", "set app/s1 to 10.0.0.9:80" },
        { "comment", "# by hand", "# by another hand", "" },
        { "comment behind", "# first", "# 1st", "" },
        { "blank lines", "\nbackend app\n", "\n\n\nbackend app\n\n", "" },
        { "indent", "  option httplog", "\toption\t httplog  ", "" },
        { "option", "option httplog", "option tcplog", "reload: backend 'app': 'option httplog' became 'option tcplog'" },
        { "weight", "weight 10", "weight 20", "reload: backend 'app': 'server s1' was changed" },
        { "address and weight", "10.0.0.1:80 check weight 10", "10.0.0.9:80 check weight 20", "reload: backend 'app': 'server s1' was changed" },
        { "server added", "  server s2", "  server s3 10.0.0.3:80\n  server s2", "reload: backend 'app': 'server s3' was added" },
        { "server removed", "  server s2 10.0.0.2:80 check\n", "", "reload: backend 'app': 'server s2' was removed" },
        { "server renamed", "server s2", "server s9", "reload: backend 'app': 'server s2' became 'server s9'" },
        { "condition", "  server s2 10.0.0.2:80 check\n", ".if 1\n  server s2 10.0.0.2:80 check\n.endif\n", "reload: backend 'app': '.if 1' was added" },
        { "global", "maxconn 100", "maxconn 200", "reload: global: 'maxconn 100' became 'maxconn 200'" },
        { "bind", "127.0.0.1:80", "127.0.0.1:81", "reload: frontend 'web': 'bind 127.0.0.1:80' became 'bind 127.0.0.1:81'" },
        { "section added", "backend other\n", "backend new\nbackend other\n", "reload: backend 'new' was added" },
        { "section renamed", "backend other", "backend new", "reload: backend 'other' was removed\nreload: backend 'new' was added" },
        { "any address", "10.0.0.1:80", "0.0.0.0:80", "reload: server 'app/s1' cannot be given the address 0.0.0.0:80 at run time" },
        { "mapped address", "10.0.0.1:80", "[::ffff:10.0.0.9]:80", "reload: server 'app/s1' cannot be given the address [::ffff:10.0.0.9]:80 at run time" },
        { "name", "10.0.0.1:80", "node.example:80", "reload: backend 'app': 'server s1' was changed" },
        { "no port", "10.0.0.1:80", "10.0.0.1", "reload: backend 'app': 'server s1' was changed" },
        { "port offset", "10.0.0.1:80", "10.0.0.1:+80", "reload: backend 'app': 'server s1' was changed" },
        { "unix socket", "10.0.0.1:80", "/run/app.sock", "reload: backend 'app': 'server s1' was changed" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Plan_pair_has_these_steps(string what, string from, string to, string expected)
    {
        var before = Parse(Base);
        var wanted = Parse(Base.Replace(from, to, StringComparison.Ordinal));

        var plan = DeploymentPlanner.Plan(before, wanted, Running(), static _ => false);

        Assert.True(expected == plan.ToString(), $"{what}: {plan}");
        Assert.Equal(expected.Contains("reload", StringComparison.Ordinal), plan.NeedsReload);
    }

    [Fact]
    public void Plan_sections_moved_need_a_reload()
    {
        var moved = Base.Replace("backend other\n  server s1 10.0.1.1:80\n", "", StringComparison.Ordinal)
            .Replace("\nbackend app", "\nbackend other\n  server s1 10.0.1.1:80\nbackend app", StringComparison.Ordinal);

        Assert.Equal("reload: sections stand in another order", Plan(moved, Running(), false).ToString());
    }

    [Fact]
    public void Plan_password_changed_does_not_show_more_than_its_place()
    {
        var plan = Plan(Base.Replace("stats auth admin:secret", "stats auth admin:other", StringComparison.Ordinal), Running(), false);

        Assert.Equal("reload: frontend 'web': 'stats auth' was changed", plan.ToString());
    }

    [Theory]
    [InlineData("backend app\n  server s1 10.0.0.5:80\nbackend other")]
    [InlineData("listen app\n  server s1 10.0.0.5:80\nbackend other")]
    public void Plan_address_in_one_of_two_sections_of_a_name_needs_a_reload(string twin)
    {
        var before = Base.Replace("backend other", twin, StringComparison.Ordinal);
        var plan = DeploymentPlanner.Plan(
            Parse(before), Parse(before.Replace("10.0.0.5", "10.0.0.6", StringComparison.Ordinal)), Running(), static _ => false);

        Assert.True(plan.NeedsReload, plan.ToString());
    }

    [Fact]
    public void Plan_address_of_one_of_two_servers_of_a_name_needs_a_reload()
    {
        var before = Base.Replace("server s2", "server s1", StringComparison.Ordinal);

        var plan = DeploymentPlanner.Plan(
            Parse(before), Parse(before.Replace("10.0.0.2", "10.0.0.6", StringComparison.Ordinal)), Running(), static _ => false);

        Assert.True(plan.NeedsReload, plan.ToString());
    }

    [Fact]
    public void Plan_server_that_is_down_is_marked_up_unless_somebody_took_it_out()
    {
        var moved = Base.Replace("10.0.0.1:80", "10.0.0.9:80", StringComparison.Ordinal);

        Assert.True(Assert.IsType<SetServerAddress>(Assert.Single(Plan(moved, Running(isDown: true), false).Commands)).MarkUp);
        Assert.False(Assert.IsType<SetServerAddress>(Assert.Single(Plan(moved, Running(isDown: true, isInMaintenance: true), false).Commands)).MarkUp);
        Assert.False(Assert.IsType<SetServerAddress>(Assert.Single(Plan(moved, null, false).Commands)).MarkUp);
    }

    [Fact]
    public void Plan_running_address_of_the_operators_section_is_left_alone_unless_it_is_managed()
    {
        var changed = Running(address: "10.9.9.9");

        Assert.True(Plan(Base, changed, false).IsEmpty);
        Assert.Equal("set app/s1 to 10.0.0.1:80", Plan(Base, changed, true).ToString());
    }

    [Fact]
    public void Plan_managed_sections_that_do_not_run_as_written_are_repaired()
    {
        var running = Running();
        Assert.Equal("reload: backend 'app' is not running\nreload: server 'app/s1' is not running\nreload: server 'app/s2' is not running",
            Plan(Base, running with { Proxies = new HashSet<string> { "web", "other" }, Servers = Only(running, "other") }, true).ToString());
        Assert.Equal("reload: frontend 'web' takes no connections", Plan(Base, running with { Frontends = new Dictionary<string, RunningFrontend>() }, true).ToString());
        Assert.Equal("reload: 'left' is running and stands in the file no more",
            Plan(Base, running with { Proxies = new HashSet<string>(running.Proxies) { "left" } }, true).ToString());
    }

    [Theory]
    [InlineData("frontend off\n  disabled\n  bind 127.0.0.1:81\n")]
    [InlineData(".if defined(NOT)\nbackend off\n  server s 10.0.0.1:80\n.endif\n")]
    public void Plan_managed_section_that_HAProxy_need_not_run_is_no_reason_to_reload(string off)
    {
        var document = Parse(Base + off);

        Assert.Equal("", DeploymentPlanner.Plan(document, document, Running(), static _ => true).ToString());
    }

    [Fact]
    public void Plan_same_text_and_the_same_running_is_empty()
    {
        Assert.Equal("", Plan(Base, Running(), true).ToString());
        Assert.Equal("", Plan(Base, null, true).ToString());
    }

    [Theory]
    [InlineData("s1 10.0.0.1:80", "s1 10.0.0.9:80", "app")]
    [InlineData("maxconn 100", "maxconn 200", "")]
    [InlineData("by hand", "by another hand", "")]
    [InlineData("backend other", "backend new", "new other")]
    [InlineData("backend other", "backend new\nbackend other", "new")]
    [InlineData("backend other\n  server s1 10.0.1.1:80\n", "", "other")]
    [InlineData("frontend web", "listen web", "web")]
    public void TouchedProxies_are_those_whose_sections_differ(string from, string to, string expected) =>
        Assert.Equal(expected, string.Join(' ', DeploymentPlanner.TouchedProxies(
            Parse(Base), Parse(Base.Replace(from, to, StringComparison.Ordinal))).Order(StringComparer.Ordinal)));

    private static DeploymentPlan Plan(string wanted, RunningState? running, bool isManaged) =>
        DeploymentPlanner.Plan(Parse(Base), Parse(wanted), running, _ => isManaged);

    private static ConfigDocument Parse(string text) => ConfigDocument.Parse(text, "haproxy.cfg");

    private static RunningState Running(string address = "10.0.0.1", bool isDown = false, bool isInMaintenance = false) => new()
    {
        WorkerPid = 7,
        Proxies = new HashSet<string> { "web", "app", "other" },
        Frontends = new Dictionary<string, RunningFrontend> { ["web"] = new("OPEN", 100, 0) },
        Servers = new Dictionary<(string, string), RunningServer>
        {
            [("app", "s1")] = new()
            {
                Address = IPAddress.Parse(address),
                Port = 80,
                Operational = isDown ? ServerOperationalState.Stopped : ServerOperationalState.Running,
                Admin = isInMaintenance ? ServerAdminStates.ForcedMaintenance : ServerAdminStates.None,
            },
            [("app", "s2")] = new() { Address = IPAddress.Parse("10.0.0.2"), Port = 80 },
            [("other", "s1")] = new() { Address = IPAddress.Parse("10.0.1.1"), Port = 80 },
        },
    };

    private static Dictionary<(string, string), RunningServer> Only(RunningState running, string backend) =>
        running.Servers.Where(pair => pair.Key.Backend == backend).ToDictionary(pair => pair.Key, pair => pair.Value);
}
