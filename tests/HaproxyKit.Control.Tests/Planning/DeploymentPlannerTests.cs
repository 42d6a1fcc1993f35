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
        { "option", "option httplog", "option tcplog", "reload: backend 'app': 'option tcplog' was added\nreload: backend 'app': 'option httplog' was removed" },
        { "weight", "weight 10", "weight 20", "give app/s1 the weight 20" },
        { "address and weight", "10.0.0.1:80 check weight 10", "10.0.0.9:80 check weight 20", "set app/s1 to 10.0.0.9:80\ngive app/s1 the weight 20" },
        { "server added", "  server s2", "  server s3 10.0.0.3:80\n  server s2", "add app/s3 at 10.0.0.3:80" },
        { "server removed", "  server s2 10.0.0.2:80 check\n", "", "drain app/s2 and delete it" },
        { "server renamed", "server s2", "server s9", "add app/s9 at 10.0.0.2:80\ndrain app/s2 and delete it" },
        { "server moved", "  server s1 10.0.0.1:80 check weight 10   # first\n  server s2 10.0.0.2:80 check\n", "  server s2 10.0.0.2:80 check\n  server s1 10.0.0.1:80 check weight 10\n", "reload: backend 'app': 'server s1' stands at another place, where the order matters" },
        { "condition", "  server s2 10.0.0.2:80 check\n", ".if 1\n  server s2 10.0.0.2:80 check\n.endif\n", "reload: backend 'app': '.if 1' was added\nreload: backend 'app': '.endif' was added" },
        { "global", "maxconn 100", "maxconn 200", "reload: global: 'maxconn 100' became 'maxconn 200'" },
        { "bind", "127.0.0.1:80", "127.0.0.1:81", "reload: frontend 'web': 'bind 127.0.0.1:81' was added\nreload: frontend 'web': 'bind 127.0.0.1:80' was removed" },
        { "section added", "backend other\n", "backend new\nbackend other\n", "reload: backend 'new' was added" },
        { "section renamed", "backend other", "backend new", "reload: backend 'other' became backend 'new'" },
        { "defaults of a section", "backend other", "backend other from unnamed", "reload: the first line of backend 'other' was changed" },
        { "any address", "10.0.0.1:80", "0.0.0.0:80", "reload: server 'app/s1': it cannot be given the address '0.0.0.0:80' at run time" },
        { "mapped address", "10.0.0.1:80", "[::ffff:10.0.0.9]:80", "reload: server 'app/s1': it cannot be given the address '[::ffff:10.0.0.9]:80' at run time" },
        { "name", "10.0.0.1:80", "node.example:80", "reload: server 'app/s1': it cannot be given the address 'node.example:80' at run time" },
        { "no port", "10.0.0.1:80", "10.0.0.1", "reload: server 'app/s1': it cannot be given the address '10.0.0.1' at run time" },
        { "port offset", "10.0.0.1:80", "10.0.0.1:+80", "reload: server 'app/s1': it cannot be given the address '10.0.0.1:+80' at run time" },
        { "port that HAProxy misreads", "10.0.0.1:80", "10.0.0.1:70000", "reload: server 'app/s1': it cannot be given the address '10.0.0.1:70000' at run time" },
        { "unix socket", "10.0.0.1:80", "/run/app.sock", "reload: server 'app/s1': it cannot be given the address '/run/app.sock' at run time" },
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

    /// <summary>Whoever shows a plan to somebody who may not see all of it goes by them.</summary>
    [Theory]
    [InlineData("backend other", "backend new", "other new")]
    [InlineData("10.0.0.1:80", "node.example:80", "app")]
    [InlineData("127.0.0.1:80", "127.0.0.1:81", "web")]
    [InlineData("backend other\n", "backend new\nbackend other\n", "new")]
    [InlineData("maxconn 100", "maxconn 200", "global")]
    [InlineData("backend other", "backend other from unnamed", "other")]
    public void Plan_reload_tells_the_sections_that_it_is_about(string from, string to, string subjects)
    {
        var plan = DeploymentPlanner.Plan(Parse(Base), Parse(Base.Replace(from, to, StringComparison.Ordinal)), Running(), static _ => false);

        Assert.All(plan.Steps, step => Assert.Equal(subjects.Split(' '), Assert.IsType<ReloadStep>(step).Subjects));
        Assert.NotEmpty(plan.Steps);
    }

    [Fact]
    public void Plan_sections_moved_need_a_reload_where_the_order_matters()
    {
        const string Other = "backend other\n  server s1 10.0.1.1:80\n";
        var backend = Base.Replace(Other, "", StringComparison.Ordinal).Replace("\nbackend app", $"\n{Other}backend app", StringComparison.Ordinal);
        var defaults = Base.Replace("defaults\n  mode http\n", "", StringComparison.Ordinal).Replace("backend other", "defaults\n  mode http\nbackend other", StringComparison.Ordinal);

        Assert.True(Plan(backend, Running(), false).IsEmpty);
        Assert.Equal("reload: defaults stands at another place, where the order matters", Plan(defaults, Running(), false).ToString());
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
        Assert.Equal("reload: backend 'app' is not running",
            Plan(Base, running with { Proxies = new HashSet<string> { "web", "other" }, Servers = Only(running, "other") }, true).ToString());
        Assert.Equal("reload: frontend 'web' takes no connections", Plan(Base, running with { Frontends = new Dictionary<string, RunningFrontend>() }, true).ToString());
        Assert.Equal("open web", Plan(Base, running with { Frontends = new Dictionary<string, RunningFrontend> { ["web"] = new("PAUSED", 100, 0) } }, true).ToString());
        Assert.Equal("add app/s1 at 10.0.0.1:80\nadd app/s2 at 10.0.0.2:80", Plan(Base, running with { Servers = Only(running, "other") }, true).ToString());
        Assert.Equal("drain app/s3 and delete it", Plan(Base, With(running, "s3", new RunningServer { Address = null, Port = 0 }), true).ToString());
        Assert.Equal("give app/s1 the weight 10", Plan(Base, With(running, "s1", running.Servers[("app", "s1")] with { Weight = 3 }), true).ToString());
        Assert.Equal("reload: 'left' is running and stands in the file no more",
            Plan(Base, running with { Proxies = new HashSet<string>(running.Proxies) { "left" } }, true).ToString());
    }

    [Fact]
    public void Plan_managed_states_that_somebody_set_are_left_alone()
    {
        var running = Running();
        foreach (var admin in new[] { ServerAdminStates.ForcedMaintenance, ServerAdminStates.ForcedDrain })
        {
            Assert.True(Plan(Base, With(running, "s1", running.Servers[("app", "s1")] with { Admin = admin }), true).IsEmpty);
            Assert.True(Plan(Base, With(running, "left", running.Servers[("app", "s1")] with { Admin = admin }), true).IsEmpty);
            Assert.Equal("give app/s1 the weight 20", Plan(Base.Replace("weight 10", "weight 20", StringComparison.Ordinal),
                With(running, "s1", running.Servers[("app", "s1")] with { Admin = admin }), true).ToString());
        }
    }

    [Fact]
    public void Plan_managed_proxies_out_of_the_scope_are_not_compared()
    {
        var scoped = Running() with { Scope = new HashSet<string> { "app" }, Proxies = new HashSet<string> { "app" }, Frontends = new Dictionary<string, RunningFrontend>() };

        Assert.Equal("", Plan(Base, scoped with { Servers = scoped.Servers.Where(pair => pair.Key.Backend == "app").ToDictionary() }, true).ToString());
        Assert.Equal("reload: backend 'app' is not running", Plan(Base, scoped with { Proxies = new HashSet<string>(), Servers = new Dictionary<(string, string), RunningServer>() }, true).ToString());
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
                Weight = 10,
                ConfiguredWeight = 10,
                Operational = isDown ? ServerOperationalState.Stopped : ServerOperationalState.Running,
                Admin = isInMaintenance ? ServerAdminStates.ForcedMaintenance : ServerAdminStates.None,
            },
            [("app", "s2")] = new() { Address = IPAddress.Parse("10.0.0.2"), Port = 80 },
            [("other", "s1")] = new() { Address = IPAddress.Parse("10.0.1.1"), Port = 80 },
        },
    };

    private static RunningState With(RunningState running, string server, RunningServer present) =>
        running with { Servers = new Dictionary<(string, string), RunningServer>(running.Servers) { [("app", server)] = present } };

    private static Dictionary<(string, string), RunningServer> Only(RunningState running, string backend) =>
        running.Servers.Where(pair => pair.Key.Backend == backend).ToDictionary(pair => pair.Key, pair => pair.Value);
}
