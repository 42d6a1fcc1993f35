using System.Net;
using HaproxyKit.Expressions;
using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

public sealed class RuleTextTests
{
    private static Frontend Web => HaproxyConfig.Parse("frontend web\n  http-request deny if a # c\n  http-request allow\n").Frontends["web"];

    [Fact]
    public void Values_are_escaped_for_their_slots()
    {
        var (text, net, n) = ("100%[env(HOME)] a'b", IPNetwork.Parse("10.0.0.0/8"), 404);
        Assert.Equal("""set-header X-Team "100%%[env(HOME)] a'b" if { src 10.0.0.0/8 }""", Said($"set-header X-Team {text} if {{ src {net} }}"));
        Assert.Equal("set-header X pre-'a b'-post", Said($"set-header X pre-{"a b"}-post"));
        Assert.Equal("""set-header X %[str("'a,b)c'")]""", Said($"set-header X %[str({"a,b)c"})]"));
        Assert.Equal("deny status 404 if { path -m reg ^/'a\\.b'$ }", Said($"deny status {n} if {{ path -m reg ^/{"a.b"}$ }}"));
        Assert.Equal("deny if { path_beg /'a b' '-x' }".Replace("'-x'", "-x"), Said($"deny if {{ path_beg /{"a b"} {"-x"} }}"));
        Assert.Equal("set-header '100%' x".Replace("'100%'", "100%"), Said($"set-header {"100%"} x"));
        Assert.Equal("wait-for-body time 1500ms at-least 10k", Said($"wait-for-body time {TimeSpan.FromMilliseconds(1500)} at-least {"10k"}"));
        Assert.Equal("redirect location https://'a b'/ code 301", Said($"redirect location https://{"a b"}/ code {301}"));
        Assert.Equal("set-map(/a.map) %[src] 'x y'", Said($"set-map({"/a.map"}) %[src] {"x y"}"));
        Assert.Equal("deny if { hdr(host),map('/a b.map') -m found }".Replace("'/a b.map'", "\"'/a b.map'\""), Said($"deny if {{ hdr(host),map({"/a b.map"}) -m found }}"));
        Assert.Equal("return status 200 content-type text/plain string '#1'", Said($"return status {200} content-type {"text/plain"} string {"#1"}"));
    }

    [Fact]
    public void Values_that_cannot_stand_in_their_slot_are_refused()
    {
        Refused(w => w.HttpRequests.Add($"set-header X '{"a"}'"));
        Refused(w => w.HttpRequests.Add($"set-header X \"a {"a"}\""));
        Refused(w => w.HttpRequests.Add($"set-header X \\{"a"}"));
        Refused(w => w.HttpRequests.Add($"set-header X \\x4{1}"));
        Refused(w => w.HttpRequests.Add($"set-header X # {"a"}"));
        Refused(w => w.HttpRequests.Add($"set-header {"a b"} x"));
        Refused(w => w.HttpRequests.Add($"{"deny"}"));
        Refused(w => w.HttpRequests.Add($"deny {"if"} a"));
        Refused(w => w.HttpRequests.Add($"deny if {"a b"}"));
        Refused(w => w.HttpRequests.Add($"deny if {"or"}"));
        Refused(w => w.HttpRequests.Add($"deny if {{ path {"}"} }}"));
        Refused(w => w.HttpRequests.Add($"deny if {{ path {"-i"} }}"));
        Refused(w => w.HttpRequests.Add($"deny if {{ src {"10.0.0.1 or"} }}"));
        Refused(w => w.HttpRequests.Add($"deny if {{ src {"not-an-address"} }}"));
        Refused(w => w.HttpRequests.Add($"deny if {{ src_port {"1:65535"} }}"));
        Refused(w => w.HttpRequests.Add($"deny if {{ src -m {"str"} x }}"));
        Refused(w => w.HttpRequests.Add($"deny if {{ {"src"} 10.0.0.1 }}"));
        Refused(w => w.HttpRequests.Add($"set-header X %{"ci"}"));
        Refused(w => w.HttpRequests.Add($"set-header X %[{"src"}]"));
        Refused(w => w.HttpRequests.Add($"set-header X {"a\nb"}"));
        Refused(w => w.HttpRequests.Add($"set-header X {""}"));
        Refused(w => w.HttpRequests.Add($"set-var(txn.{"a b"}) src"));
        Refused(w => w.HttpRequests.Add($"brand-new {"x"}"));
        Refused(w => w.HttpRequests.Add($"wait-for-body time {"5sx"}"));
        Refused(w => w.UseBackends.Add($"{"%[path]"} if a"));
        Refused(w => w.Binds.Add($"{"${X}:80"}"));
        Refused(w => w.HttpRequests.Add($"set-header X {(string?)null}"));
        Refused(w => w.HttpRequests.Add($"set-header X {new object()}"));
        Refused(w => w.HttpRequests.Add($"set-header X {"a"}\nserver s 1.2.3.4:80"));
    }

    [Fact]
    public void Rules_stand_where_they_are_put()
    {
        var web = Web;
        web.HttpRequests.Insert(0, $"set-header A {1}");
        web.HttpRequests.Insert(2, $"set-header B {"b"}");
        web.HttpRequests.Insert(4, $"set-header C {"c"}");
        web.HttpRequests.Add($"set-header D d");
        Assert.Equal(["set-header A 1", "deny if a", "set-header B b", "allow", "set-header C c", "set-header D d"], web.HttpRequests.Select(rule => rule.Arguments.ToString()));
        Assert.Throws<ArgumentOutOfRangeException>(() => web.HttpRequests.Insert(7, $"deny"));
        Assert.Equal(("set-header", "if a", null), (web.HttpRequests[0].Action, web.HttpRequests[1].Condition, web.HttpRequests[0].Condition));
        Assert.Equal(["B", "b"], web.HttpRequests[2].ActionArguments.Select(argument => argument.Value));
    }

    [Fact]
    public void Every_list_takes_holes()
    {
        var config = HaproxyConfig.Parse("listen l\n");
        var listen = config.Listens["l"];
        var other = config.Backends.Add("other");
        var acl = listen.Acls.Add($"{"local"} src {IPAddress.Loopback} {IPAddress.IPv6Loopback}");
        listen.UseBackends.Add($"{other} if {acl}");
        listen.HttpChecks.Add($"send meth GET uri {"/health?a=%1"}");
        listen.Servers.Add($"{"s1"} {new Address("10.0.0.1", 80)} weight {10} cookie {"a b"}");
        listen.Sticks.Add($"on src table {other}");
        listen.Directives.AddLine($"timeout client {TimeSpan.FromSeconds(5)}");
        Assert.Equal(
            "listen l\n    acl local src 127.0.0.1 ::1\n    use_backend other if local\n    http-check send meth GET uri /health?a=%1\n    server s1 10.0.0.1:80 weight 10 cookie 'a b'\n    stick on src table other\n    timeout client 5s\n\nbackend other\n",
            config.ToString());
    }

    [Fact]
    public void A_word_that_reads_like_if_is_no_condition()
    {
        var config = HaproxyConfig.Parse("frontend f\n  http-request set-header X if if { path /a }\n");
        var rule = config.Frontends["f"].HttpRequests[0];
        Assert.Equal("if { path /a }", rule.Condition);
        rule.Condition = null;
        Assert.Equal("frontend f\n  http-request set-header X if\n", config.ToString());
    }

    private static string Said(RuleText rule) => Web.HttpRequests.Add(rule).Arguments.ToString();

    private static void Refused(Action<Frontend> write)
    {
        var web = Web;
        var before = web.Config.ToString();
        Assert.ThrowsAny<ArgumentException>(() => write(web));
        Assert.Equal(before, web.Config.ToString());
    }
}
