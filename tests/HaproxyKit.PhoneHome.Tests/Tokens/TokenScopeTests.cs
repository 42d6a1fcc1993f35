using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Tokens;

public sealed class TokenScopeTests
{
    [Fact]
    public void Judge_names_each_member_that_is_outside()
    {
        var scope = Scope(new() { FrontendPorts = "8000-8999", Names = "web-*", NodeNetworks = "203.0.113.0/24", Actions = "delete" });
        var command = Command("traefik", 443, "198.51.100.1");

        Assert.Equal(["name", "frontendPort", "address", "action"], Fields(scope, command, RequestFormat.PhoneHome));
        Assert.Equal(["name", "frontend-port", "dst-ip", "action"], Fields(scope, command, RequestFormat.Incumbent));
        Assert.Equal(["action"], Fields(scope, Command("web-1", 8443, "203.0.113.7"), RequestFormat.PhoneHome));
        Assert.Empty(Fields(
            scope, Command("web-1", 8443, "198.51.100.1") with { Action = MappingAction.Delete }, RequestFormat.PhoneHome));
    }

    [Fact]
    public void Judge_a_token_that_says_nothing_may_all_that_the_policy_allows()
    {
        var scope = Scope(new TokenEntry());

        Assert.Empty(Fields(scope, Command("x", 1, "203.0.113.7"), RequestFormat.PhoneHome));
        Assert.True(scope.Allows(TokenActions.Add | TokenActions.Delete | TokenActions.List));
    }

    [Theory]
    [InlineData("*", "a", true)]
    [InlineData("web", "web", true)]
    [InlineData("web", "web2", false)]
    [InlineData("web", "Web", false)]
    [InlineData("web-*", "web-", true)]
    [InlineData("web-*", "webs", false)]
    [InlineData("*-web", "a-web", true)]
    [InlineData("*-web", "a-webb", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("**a**", "a", true)]
    [InlineData("x,web-*", "web-1", true)]
    public void Judge_a_star_stands_for_any_characters(string names, string name, bool isAllowed) =>
        Assert.Equal(!isAllowed, Fields(Scope(new() { Names = names }), Command(name, 1, "203.0.113.7"), RequestFormat.PhoneHome).Any());

    [Fact]
    public void Judge_an_IPv4_mapped_node_is_judged_as_IPv4() => Assert.Empty(
        Fields(Scope(new() { NodeNetworks = "203.0.113.0/24" }), Command("x", 1, "::ffff:203.0.113.7"), RequestFormat.PhoneHome));

    [Theory]
    [InlineData("", null, true)]
    [InlineData("", "198.51.100.1", true)]
    [InlineData("203.0.113.1, 2001:db8::1", "203.0.113.1", true)]
    [InlineData("203.0.113.1, 2001:db8::1", "2001:db8::1", true)]
    [InlineData("::ffff:203.0.113.1", "203.0.113.1", true)]
    [InlineData("0.0.0.0", "0.0.0.0", true)]
    [InlineData("0.0.0.0", "203.0.113.1", false)]
    [InlineData("203.0.113.1", "203.0.113.2", false)]
    [InlineData("203.0.113.1", "0.0.0.0", false)]
    [InlineData("203.0.113.1", "::", false)]
    [InlineData("203.0.113.1", null, false)]
    public void Judge_a_token_with_bind_addresses_must_ask_for_one_of_them(string addresses, string? asked, bool isAllowed)
    {
        var scope = Scope(new() { BindAddresses = addresses });
        var settings = new MappingSettings { BindAddress = asked is null ? null : IPAddress.Parse(asked) };
        var add = Command("x", 443, "203.0.113.7") with { Settings = settings };

        Assert.Equal(isAllowed ? [] : ["bindAddress"], Fields(scope, add, RequestFormat.PhoneHome));
        Assert.Equal(isAllowed ? [] : ["bindAddress"], Fields(scope, add, RequestFormat.Incumbent));
        Assert.Empty(Fields(scope, add with { Action = MappingAction.Delete }, RequestFormat.PhoneHome));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("203.0.113.0/24")]
    [InlineData("203.0.113")]
    [InlineData("lb.example.org")]
    [InlineData("fe80::1%1")]
    public void TryRead_what_is_no_address_to_listen_on_is_a_problem(string text)
    {
        var problems = new List<string>();

        Assert.Null(TokenScope.TryRead(new() { BindAddresses = $"203.0.113.1,{text}" }, problems));
        Assert.Contains($"BindAddresses has '{text}'", Assert.Single(problems));
    }

    [Fact]
    public void Allows_of_its_owners_mappings_only_those_within()
    {
        var scope = Scope(new() { FrontendPorts = "443", Names = "web" });

        Assert.True(scope.Allows(Status("web", 443)));
        Assert.False(scope.Allows(Status("web", 444)));
        Assert.False(scope.Allows(Status("other", 443)));
    }

    [Fact]
    public void The_policy_says_nothing_of_a_member_that_is_outside_the_scope()
    {
        var policy = new PhoneHomePolicy(Options.Create(new PhoneHomePolicyOptions { FrontendPorts = "22,443" }));
        var command = Command("web", 8443, "203.0.113.7") with { NodePort = 80 };

        var problems = policy.Judge(command, Scope(new() { FrontendPorts = "443" }), RequestFormat.PhoneHome);

        Assert.Equal(["frontendPort", "nodePort", "address"], problems.Select(problem => problem.Field));
        Assert.DoesNotContain("22", problems[0].Message);
    }

    private static TokenScope Scope(TokenEntry entry)
    {
        var problems = new List<string>();
        var scope = TokenScope.TryRead(entry, problems);
        Assert.Empty(problems);
        return scope!;
    }

    private static IEnumerable<string> Fields(TokenScope scope, MappingCommand command, RequestFormat format) =>
        scope.Judge(command, format).Select(problem => problem.Field);

    private static MappingCommand Command(string name, int port, string address) => new()
    {
        Action = MappingAction.Add,
        Name = name,
        FrontendPort = port,
        NodePort = 30443,
        Address = IPAddress.Parse(address),
        Owner = "o",
    };

    private static MappingStatus Status(string name, int port) => new() { Name = name, FrontendPort = port, Owner = "o", Nodes = [] };
}
