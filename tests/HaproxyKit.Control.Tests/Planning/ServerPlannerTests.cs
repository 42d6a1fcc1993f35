using System.Net;
using HaproxyKit.Catalog;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Tests.Planning;

public sealed class ServerPlannerTests
{
    private const string Head = "defaults\n  mode http\n  default-server inter 5s weight 7\n";

    /// <summary>The lines of the backend before and after, and the plan.</summary>
    public static TheoryData<string, string, string> Changes { get; } = new()
    {
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80 weight 7", "" },
        { "server s1 10.0.0.1:80 weight 9", "server s1 10.0.0.1:80", "give app/s1 the weight 7" },
        { "server s1 10.0.0.1:80 weight 9", "server s1 10.0.0.1:80 weight 300", "reload: server 'app/s1': its weight is none" },
        { "server s1 10.0.0.1:80 weight 9", "server s1 10.0.0.1:80 weight \"${W}\"", "reload: server 'app/s1': its line says what only HAProxy's environment knows" },
        { "balance source\nserver s1 10.0.0.1:80", "balance source\nserver s1 10.0.0.1:80 weight 9", "reload: server 'app/s1': 'balance source' takes weights only when HAProxy starts" },
        { "balance source\nserver s1 10.0.0.1:80", "balance source\nserver s1 10.0.0.1:80 weight 0", "give app/s1 the weight 0" },
        { "balance source\nhash-type consistent\nserver s1 10.0.0.1:80", "balance source\nhash-type consistent\nserver s1 10.0.0.1:80 weight 9", "give app/s1 the weight 9" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80 disabled", "put app/s1 into maintenance" },
        { "server s1 10.0.0.1:80 disabled", "server s1 10.0.0.1:80", "put app/s1 into service" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80 enabled", "" },
        { "default-server disabled\nserver s1 10.0.0.1:80", "default-server disabled\nserver s1 10.0.0.1:80 enabled", "put app/s1 into service" },
        { "server s1 0.0.0.0:1 disabled", "server s1 10.0.0.2:80", "set app/s1 to 10.0.0.2:80\nput app/s1 into service" },
        { "server s1 10.0.0.1:80", "server s1 0.0.0.0:1 disabled", "drain app/s1 and keep it as a spare" },
        { "server s1 10.0.0.1:80 weight 9", "server s1 [::]:1 disabled", "give app/s1 the weight 7\ndrain app/s1 and keep it as a spare" },
        { "server s1 10.0.0.1:80 disabled", "server s1 0.0.0.0:1 disabled", "" },
        { "server s1 0.0.0.0:1 disabled", "server s1 [2001:db8::1]:80 weight 9", "set app/s1 to [2001:db8::1]:80\ngive app/s1 the weight 9\nput app/s1 into service" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80 maxconn 5", "let app/s1 have 5 connections at most" },
        { "server s1 10.0.0.1:80 maxconn 5", "server s1 10.0.0.1:80", "let app/s1 have any number of connections" },
        { "server s1 10.0.0.1:80 maxconn 5 minconn 2", "server s1 10.0.0.1:80 maxconn 6 minconn 2", "reload: server 'app/s1': with 'minconn' its limit is reckoned when HAProxy starts" },
        { "server s1 10.0.0.1:80 maxconn 5", "server s1 10.0.0.1:80 maxconn -5", "reload: server 'app/s1': its 'maxconn' is no number that HAProxy takes" },
        { "server s1 10.0.0.1:80 check port 81", "server s1 10.0.0.1:80 check port 82", "check app/s1 at port 82" },
        { "server s1 10.0.0.1:80 check port 81", "server s1 10.0.0.1:80 check port 82 addr 10.0.0.3", "check app/s1 at 10.0.0.3:82" },
        { "server s1 10.0.0.1:80 check", "server s1 10.0.0.1:80 check addr 10.0.0.3", "check app/s1 at 10.0.0.3" },
        { "server s1 10.0.0.1:80 check port 81", "server s1 10.0.0.1:80 check port 70000", "reload: server 'app/s1': only a reload takes back where it is checked or its agent is asked" },
        { "server s1 10.0.0.1:80 check port 81", "server s1 10.0.0.1:80 check", "reload: server 'app/s1': only a reload takes back where it is checked or its agent is asked" },
        { "server s1 10.0.0.1:80 check", "server s1 10.0.0.1:80 check addr node.example", "reload: server 'app/s1': only a reload takes back where it is checked or its agent is asked" },
        { "server s1 10.0.0.1:80 port 81", "server s1 10.0.0.1:80 port 82", "reload: server 'app/s1': where it is checked can change only while it is checked" },
        { "server s1 10.0.0.1:80 check agent-check agent-port 9 port 81", "server s1 10.0.0.1:80 check agent-check agent-port 9 port 82", "reload: server 'app/s1': 'addr' and 'port' say where its agent is asked as well" },
        { "server s1 10.0.0.1:80 agent-check agent-port 9", "server s1 10.0.0.1:80 agent-check agent-port 8", "ask the agent of app/s1 at port 8" },
        { "server s1 10.0.0.1:80 agent-check agent-port 9", "server s1 10.0.0.1:80 agent-check agent-port 8 agent-addr 10.0.0.3", "ask the agent of app/s1 at 10.0.0.3:8" },
        { "server s1 10.0.0.1:80 agent-check agent-port 9", "server s1 10.0.0.1:80 agent-check agent-port 9 agent-send x", "reload: server 'app/s1': HAProxy does not show what it says to an agent, so that only a reload is sure to change it" },
        { "server s1 10.0.0.1:80 check", "server s1 10.0.0.1:80", "check app/s1 no more" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80 check", "check app/s1" },
        { "server s1 10.0.0.1:80 agent-check agent-port 9", "server s1 10.0.0.1:80 agent-port 9", "ask the agent of app/s1 no more" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80 ssl verify none", "reload: server 'app/s1': only a reload changes 'ssl', 'verify'" },
        { "default-server weight 3\nserver s1 10.0.0.1:80", "default-server weight 4\nserver s1 10.0.0.1:80", "reload: backend 'app': 'default-server weight' was changed" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80\nserver s2 10.0.0.2:80", "add app/s2 at 10.0.0.2:80" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80\nserver s2 10.0.0.2:80 disabled", "add app/s2 at 10.0.0.2:80 in maintenance" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80\nserver s2 node.example:80", "reload: server 'app/s2': a server is added at run time only with a literal address and a port" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80\nserver s2 10.0.0.2:80 cookie c", "reload: server 'app/s2': HAProxy 2.6 adds no server with 'cookie' at run time" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80\nserver s2 10.0.0.2:80 tcp-ut 5s", "reload: server 'app/s2': HAProxy adds no server with 'tcp-ut' at run time" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80\nserver s2 10.0.0.2:80 ssl verify none crt /a.pem", "reload: server 'app/s2': the file behind 'crt' may not be loaded yet" },
        { "server s1 10.0.0.1:80 ssl verify none crt /a.pem", "server s1 10.0.0.1:80 ssl verify none crt /a.pem\nserver s2 10.0.0.2:80 ssl verify none crt /a.pem", "add app/s2 at 10.0.0.2:80" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80\nserver s2 10.0.0.2:80 wieght 5", "reload: server 'app/s2': 'wieght' is no word that is known" },
        { "balance source\nserver s1 10.0.0.1:80", "balance source\nserver s1 10.0.0.1:80\nserver s2 10.0.0.2:80", "reload: server 'app/s2': 'balance source' takes servers only when HAProxy starts" },
        { "balance first\nserver s1 10.0.0.1:80", "balance first\nserver s1 10.0.0.1:80\nserver s2 10.0.0.2:80", "reload: server 'app/s2': 'balance first' goes by the order of the servers" },
        { "balance random(3)\nserver s1 10.0.0.1:80", "balance random(3)\nserver s1 10.0.0.1:80\nserver s2 10.0.0.2:80", "add app/s2 at 10.0.0.2:80" },
        { "server-template t 1-3 10.0.0.1:80\nserver s1 10.0.0.1:80", "server-template t 1-3 10.0.0.1:80\nserver s1 10.0.0.1:80\nserver s2 10.0.0.2:80", "reload: server 'app/s2': the section has 'server-template'" },
        { "server s1 10.0.0.1:80", "server s1 10.0.0.1:80\nserver left 10.0.0.2:80", "reload: server 'app/left': a server of that name is still running" },
        { "use-server s1 if TRUE\nserver s1 10.0.0.1:80", "use-server s1 if TRUE", "reload: server 'app/s1': it is named by 'use-server' in line 5" },
        { "server s1 10.0.0.1:80\nserver s2 10.0.0.2:80 track s1", "server s2 10.0.0.2:80 track s1", "reload: server 'app/s1': it is named by 'server' in line 6" },
        { "server s1 10.0.0.1:80\nserver s2 10.0.0.2:80 track other/s1", "server s2 10.0.0.2:80 track other/s1", "drain app/s1 and delete it" },
        { "server s1 10.0.0.1:80\nbackend other\nserver s2 10.0.0.2:80 track app/s1", "backend other\nserver s2 10.0.0.2:80 track app/s1", "reload: server 'app/s1': it is named by 'server' in line 7" },
        { "server s1 10.0.0.1:80\nfrontend web\nuse_backend other if { srv_is_up(app/s1) }", "frontend web\nuse_backend other if { srv_is_up(app/s1) }", "reload: server 'app/s1': it is named by 'use_backend' in line 7" },
        { ".if 1\nserver s1 10.0.0.1:80\n.endif", ".if 1\nserver s1 10.0.0.2:80\n.endif", "reload: backend 'app': 'server s1' was changed" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Plan_server_line_that_changed_has_these_steps(string before, string wanted, string expected) =>
        Assert.Equal(expected, Plan(before, wanted, HaproxyVersion.V2_6).ToString());

    [Fact]
    public void Plan_word_that_a_later_version_takes_is_added_there()
    {
        const string Wanted = "server s1 10.0.0.1:80\nserver s2 10.0.0.2:80 cookie c";

        Assert.True(Plan("server s1 10.0.0.1:80", Wanted, new HaproxyVersion(2, 9)).NeedsReload);
        Assert.False(Plan("server s1 10.0.0.1:80", Wanted, HaproxyVersion.V3_0).NeedsReload);
    }

    [Fact]
    public void Plan_added_server_gets_all_words_of_default_server_and_none_that_HAProxy_refuses()
    {
        var plan = Plan(
            "default-server check rise 3\nserver s1 10.0.0.1:80",
            "default-server check rise 3\nserver s1 10.0.0.1:80\nserver s2 10.0.0.2:80 rise 4 weight 9 init-addr none disabled no-check source 10.0.0.9 interface lo\ndefault-server fall 9",
            HaproxyVersion.V2_6);

        var step = Assert.IsType<AddServer>(Assert.Single(plan.Steps, step => step is AddServer));
        Assert.Equal(["inter", "5s", "rise", "4", "weight", "9", "source", "10.0.0.9", "interface", "lo"], step.Words);
        Assert.True(step.IsDisabled);
        Assert.False(step.IsChecked);
        Assert.Equal(9, step.Weight);
    }

    [Fact]
    public void Plan_removed_server_that_is_out_of_service_is_not_brought_back_to_drain()
    {
        var running = Running(HaproxyVersion.V2_6);
        var removed = Text("server s1 10.0.0.1:80\nserver s2 10.0.0.2:80");
        RunningState With(ServerAdminStates admin) => running with
        {
            Servers = new Dictionary<(string, string), RunningServer>(running.Servers) { [("app", "s2")] = running.Servers[("app", "s1")] with { Admin = admin } },
        };
        DeploymentPlan PlanOf(RunningState state) => DeploymentPlanner.Plan(removed, Text("server s1 10.0.0.1:80"), state, static _ => false, drainGrace: TimeSpan.FromSeconds(9));

        Assert.Equal([new RemoveServer("app", "s2", TimeSpan.FromSeconds(9))], PlanOf(With(ServerAdminStates.None)).Steps);
        Assert.Equal([new RemoveServer("app", "s2", TimeSpan.Zero)], PlanOf(With(ServerAdminStates.ForcedMaintenance)).Steps);
        Assert.True(PlanOf(running).IsEmpty);
    }

    [Theory]
    [InlineData(ServerAdminStates.None, ServerOperationalState.Running, "set app/s1 to 10.0.0.9:80\nput app/s1 into service")]
    [InlineData(ServerAdminStates.ForcedDrain, ServerOperationalState.Running, "set app/s1 to 10.0.0.9:80\nput app/s1 into service")]
    [InlineData(ServerAdminStates.ForcedDrain, ServerOperationalState.Stopped, "set app/s1 to 10.0.0.9:80 and mark it up\nput app/s1 into service")]
    [InlineData(ServerAdminStates.ForcedMaintenance, ServerOperationalState.Stopped, "set app/s1 to 10.0.0.9:80\nput app/s1 into service")]
    public void Plan_spare_server_that_is_given_an_address_is_marked_up_where_it_was_down_before_it_drained(
        ServerAdminStates admin, ServerOperationalState operational, string expected)
    {
        var plan = DeploymentPlanner.Plan(Text("server s1 0.0.0.0:1 disabled"), Text("server s1 10.0.0.9:80"), With(admin, operational), static _ => false);
        Assert.Equal(expected, plan.ToString());
    }

    /// <summary>In service it would send traffic to where it was before.</summary>
    [Theory]
    [InlineData(ServerAdminStates.None, "drain app/s1 and keep it as a spare")]
    [InlineData(ServerAdminStates.ForcedDrain, "drain app/s1 and keep it as a spare")]
    [InlineData(ServerAdminStates.ForcedMaintenance, "")]
    [InlineData(ServerAdminStates.ForcedMaintenance | ServerAdminStates.ConfiguredMaintenance, "")]
    public void Plan_spare_server_of_a_managed_backend_is_in_maintenance_whatever_address_it_has(ServerAdminStates admin, string expected)
    {
        var document = Text("server s1 0.0.0.0:1 disabled");
        Assert.Equal(expected, DeploymentPlanner.Plan(document, document, With(admin), static _ => true).ToString());
        Assert.True(DeploymentPlanner.Plan(document, document, With(admin), static _ => false).IsEmpty);
    }

    [Fact]
    public void Plan_server_of_a_managed_backend_that_runs_as_a_spare_is_put_into_service_and_one_in_maintenance_by_hand_is_not()
    {
        var document = Text("server s1 10.0.0.9:80");
        const ServerAdminStates Disabled = ServerAdminStates.ForcedMaintenance | ServerAdminStates.ConfiguredMaintenance;
        Assert.Equal("set app/s1 to 10.0.0.9:80\nput app/s1 into service", PlanOf(With(Disabled, address: "0.0.0.0")));
        Assert.Equal("set app/s1 to 10.0.0.9:80", PlanOf(With(ServerAdminStates.ForcedMaintenance)));
        string PlanOf(RunningState running) => DeploymentPlanner.Plan(document, document, running, static _ => true).ToString();
    }

    /// <summary>Whose word it is that it is out, a caller may know better than the file tells.</summary>
    [Theory]
    [InlineData(ServerAdminStates.ForcedMaintenance, true, "put app/s1 into service")]
    [InlineData(ServerAdminStates.ForcedDrain, true, "put app/s1 into service")]
    [InlineData(ServerAdminStates.None, true, "")]
    [InlineData(ServerAdminStates.ForcedMaintenance, false, "")]
    [InlineData(ServerAdminStates.ForcedMaintenance, null, "")]
    public void Plan_server_of_a_managed_backend_that_the_caller_has_put_out_itself_is_put_into_service(ServerAdminStates admin, bool? isOwn, string expected)
    {
        var document = Text("server s1 10.0.0.1:80 weight 7");
        Assert.Equal(expected, PlanOf(document, isManaged: true));
        Assert.Equal("", PlanOf(document, isManaged: false));
        Assert.Equal("", PlanOf(Text("server s1 10.0.0.1:80 weight 7 disabled"), isManaged: true));

        string PlanOf(ConfigDocument wanted, bool isManaged) =>
            DeploymentPlanner.Plan(wanted, wanted, With(admin), _ => isManaged, isOwnMaintenance: (_, _) => isOwn).ToString();
    }

    private static RunningState With(
        ServerAdminStates admin, ServerOperationalState operational = ServerOperationalState.Running, string address = "10.0.0.1")
    {
        var running = Running(HaproxyVersion.V2_6);
        return running with
        {
            Servers = new Dictionary<(string, string), RunningServer>
            {
                [("app", "s1")] = running.Servers[("app", "s1")] with { Admin = admin, Operational = operational, Address = IPAddress.Parse(address), Weight = 7 },
            },
        };
    }

    private static DeploymentPlan Plan(string before, string wanted, HaproxyVersion version) =>
        DeploymentPlanner.Plan(Text(before), Text(wanted), Running(version), static _ => false);

    private static ConfigDocument Text(string lines) => ConfigDocument.Parse($"{Head}backend app\n  {lines.Replace("\n", "\n  ", StringComparison.Ordinal)}\n", "haproxy.cfg");

    private static RunningState Running(HaproxyVersion version) => new()
    {
        WorkerPid = 7,
        Version = version,
        Proxies = new HashSet<string> { "app" },
        Frontends = new Dictionary<string, RunningFrontend>(),
        Servers = new Dictionary<(string, string), RunningServer> { [("app", "s1")] = Server("10.0.0.1"), [("app", "left")] = Server("10.0.0.7") },
    };

    private static RunningServer Server(string address) => new()
    {
        Address = IPAddress.Parse(address),
        Port = 80,
        IsChecked = true,
        CanBeChecked = true,
        HasAgent = true,
        CanHaveAgent = true,
    };
}
