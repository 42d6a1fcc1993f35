using System.Globalization;
using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Analysis;

/// <summary>The rules about names, references and sections as a whole.</summary>
public sealed class NameRuleTests
{
    [Theory]
    [InlineData(DiagnosticIds.DuplicateName, "frontend a\n bind 127.0.0.1:8099\nfrontend a\n bind 127.0.0.1:8098", "frontend a\n bind 127.0.0.1:8099\nfrontend b\n bind 127.0.0.1:8098")]
    [InlineData(DiagnosticIds.DuplicateName, "backend a\nbackend a", "backend a\nbackend b")]
    [InlineData(DiagnosticIds.DuplicateName, "resolvers a\nresolvers a", "resolvers a\nuserlist a")]
    [InlineData(DiagnosticIds.DuplicateName, " server s1 192.0.2.2:80", " server s2 192.0.2.2:80")]
    [InlineData(DiagnosticIds.UndefinedDefaults, "backend a from d", "defaults d\nbackend a from d")]
    [InlineData(DiagnosticIds.UndefinedDefaults, "defaults d\ndefaults d\nbackend a from d", "defaults d\ndefaults e\nbackend a from d")]
    [InlineData(DiagnosticIds.UndefinedDefaults, "defaults d from d\nbackend a from d", "defaults d\ndefaults e from d\nbackend a from e")]
    [InlineData(DiagnosticIds.UndefinedDefaults, "defaults a from b\ndefaults b from a\ndefaults a from b", "defaults a\ndefaults b from a\ndefaults c from b")]
    [InlineData(DiagnosticIds.UndefinedDefaults, "defaults d/e\nbackend a from d/e", "defaults d/e\nbackend a")]
    [InlineData(DiagnosticIds.UndefinedAcl, " http-request deny if is_api\n acl is_api path_beg /api", " acl is_api path_beg /api\n http-request deny if is_api")]
    [InlineData(DiagnosticIds.UndefinedAcl, " http-request deny if !LOCAL", " http-request deny if !LOCALHOST")]
    [InlineData(DiagnosticIds.UndefinedReference, " default_backend app", " default_backend app\nbackend app\n mode http")]
    [InlineData(DiagnosticIds.UndefinedReference, " use_backend app if TRUE", " use_backend %[req.hdr(host)] if TRUE")]
    [InlineData(DiagnosticIds.UndefinedReference, " server s2 192.0.2.2:80 resolvers dns", " server s2 192.0.2.2:80 resolvers dns\nresolvers dns")]
    [InlineData(DiagnosticIds.UndefinedReference, " use-server s9 if TRUE", " use-server s1 if TRUE")]
    [InlineData(DiagnosticIds.UndefinedReference, " http-request deny unless { http_auth(people) }", " http-request deny unless { http_auth(people) }\nuserlist people")]
    [InlineData(DiagnosticIds.UndefinedReference, " http-request track-sc0 src table t", " http-request track-sc0 src table t\nbackend t\n stick-table type ip size 1k")]
    [InlineData(DiagnosticIds.UndefinedReference, " http-request track-sc0 src", " stick-table type ip size 1k\n http-request track-sc0 src")]
    [InlineData(DiagnosticIds.UndefinedReference, " stick-table type ip size 1k peers p", " stick-table type ip size 1k")]
    [InlineData(DiagnosticIds.UndefinedReference, " http-request cache-use c", " http-request cache-use c\n http-response cache-store c\ncache c\n total-max-size 4")]
    [InlineData(DiagnosticIds.UndefinedReference, " http-request set-header X %[nbsrv(app)]", " http-request set-header X %[nbsrv(web)]")]
    [InlineData(DiagnosticIds.UndefinedReference, " http-request deny if { http_auth_group(u) g h }\nuserlist u\n group g users a\n user a insecure-password b\n", " http-request deny if { http_auth_group(u) -i g }\nuserlist u\n group g users a\n user a insecure-password b\n")]
    [InlineData(DiagnosticIds.UndefinedReference, "userlist u\n group g users a\n user a insecure-password b\nfrontend f\n mode http\n timeout client 5s\n bind 127.0.0.1:8099\n acl a http_auth_group(u) h\n http-request deny if a", "userlist u\n group g users a\n user a insecure-password b\nfrontend f\n mode http\n timeout client 5s\n bind 127.0.0.1:8099\n acl a http_auth_group(u) g\n http-request deny if a")]
    [InlineData(DiagnosticIds.UnfitDefaults, "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n http-request set-header X a\nfrontend f from d\n bind 127.0.0.1:8099\nbackend b from d", "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n acl a src 127.0.0.1\n tcp-request inspect-delay 5s\nfrontend f from d\n bind 127.0.0.1:8099\nbackend b from d")]
    [InlineData(DiagnosticIds.UnfitDefaults, "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n tcp-request content accept\nbackend b\nfrontend f\n bind 127.0.0.1:8099", "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n tcp-request content accept\nfrontend e\n bind 127.0.0.1:8098\nfrontend f\n bind 127.0.0.1:8099")]
    [InlineData(DiagnosticIds.UnfitDefaults, "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n http-response set-header X a\nlisten l from d\n bind 127.0.0.1:8099", "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n http-response set-header X a\nbackend a from d\nbackend b from d")]
    [InlineData(DiagnosticIds.UnfitDefaults, "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n tcp-response content accept\nfrontend f from d\n bind 127.0.0.1:8099", "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n tcp-response content accept\nbackend f from d")]
    [InlineData(DiagnosticIds.UnfitDefaults, "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n tcp-request connection accept\nbackend f from d", "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n tcp-request connection accept\nfrontend f from d\n bind 127.0.0.1:8099")]
    [InlineData(DiagnosticIds.UnfitDefaults, "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n http-after-response set-header X a\ndefaults e from d", "defaults d\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n log-tag a\ndefaults e from d")]
    [InlineData(DiagnosticIds.CheckOrder, " option httpchk\n http-check connect\n http-check expect status 200", " option httpchk\n http-check connect\n http-check comment a\n http-check send meth GET\n http-check set-var(check.a) int(1)\n http-check expect status 200")]
    [InlineData(DiagnosticIds.CheckOrder, " option httpchk\n http-check expect status 200\n http-check send meth GET", " option httpchk\n http-check send meth GET\n http-check expect status 200\n http-check expect ! status 201")]
    [InlineData(DiagnosticIds.CheckOrder, " option httpchk\n http-check connect\n http-check connect", " option httpchk\n http-check connect\n http-check send meth GET\n http-check expect status 200\n http-check connect")]
    [InlineData(DiagnosticIds.CheckOrder, " option httpchk\n http-check send meth GET\n http-check connect", " option httpchk\n option tcp-check\n tcp-check connect\n tcp-check connect")]
    [InlineData(DiagnosticIds.CheckOrder, " tcp-check send a\n tcp-check connect", " tcp-check comment a\n tcp-check connect\n tcp-check send a\n tcp-check connect")]
    [InlineData(DiagnosticIds.CheckOrder, "defaults\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n option httpchk\nbackend b\n http-check send meth GET\n http-check send meth GET", "defaults\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n option httpchk\n http-check connect\nbackend b\n http-check send meth GET\n http-check expect status 200")]
    [InlineData(DiagnosticIds.CheckOrder, "defaults\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n option httpchk\n http-check connect\n http-check expect status 200", "defaults\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n option httpchk\ndefaults e\n timeout connect 5s\n timeout client 5s\n timeout server 5s\n mode http\n http-check connect\n http-check expect status 200")]
    [InlineData(DiagnosticIds.MissingCheckPort, " server s2 192.0.2.2 check agent-check agent-port 99", " server s2 192.0.2.2 agent-check agent-port 99")]
    [InlineData(DiagnosticIds.MissingCertificate, " bind 127.0.0.1:8098 ssl", " bind 127.0.0.1:8098")]
    [InlineData(DiagnosticIds.MissingLine, "cache c\n max-age 10", "cache c\n total-max-size 4")]
    [InlineData(DiagnosticIds.MissingLine, "fcgi-app f\n index i", "fcgi-app f\n docroot /srv")]
    [InlineData(DiagnosticIds.MissingCheckPort, " server s2 192.0.2.2 check", " server s2 192.0.2.2 check port 80")]
    [InlineData(DiagnosticIds.UnfitBackend, " default_backend web", " default_backend app\nbackend app\n mode http")]
    [InlineData(DiagnosticIds.UnfitBackend, " default_backend app\nbackend app\n mode tcp", " default_backend app\nbackend app\n mode http")]
    [InlineData(DiagnosticIds.MissingAuthority, " server s2 192.0.2.2:443 ssl", " server s2 192.0.2.2:443 ssl verify none")]
    public void Analyze_refuses_what_HAProxy_refuses(string id, string refused, string accepted) =>
        RuleExample.IsRefused(id, refused, accepted);

    [Theory]
    [InlineData("2.6", "userlist u\n user a groups g", "userlist u\n group g\n user a groups g")]
    [InlineData("2.6", "userlist u\n group g users a", "userlist u\n user a\n group g users a")]
    public void Analyze_refuses_members_of_a_userlist_that_do_not_exist(string branch, string refused, string accepted)
    {
        Assert.True(HaproxyVersion.TryParse(branch, out var version));
        Assert.Contains(RuleExample.Analyze(refused + "\n", version), d => d.Id == DiagnosticIds.UndefinedReference);
        Assert.Empty(RuleExample.Analyze(accepted + "\n", version));
        var program = HaproxyPrograms.Installed;
        Assert.True(HaproxyJudge.Judge(program, Latin1.Bytes(refused + "\n")).HasError);
        Assert.False(HaproxyJudge.Judge(program, Latin1.Bytes(accepted + "\n")).HasError);
    }

    [Theory]
    [InlineData(" http-request set-map(virt@a) %[src] x", " http-request set-map(/dev/null) %[src] x\n http-request set-header X %[src,map_str(/dev/null)]")]
    [InlineData(" http-request del-map(virt@a) %[src]", " http-request del-map(/dev/null) %[src]\n acl a src,map_str_int(/dev/null) -m found\n http-request deny if a")]
    [InlineData(" http-response del-acl(virt@a) %[src]", " acl a src -f /dev/null\n http-response del-acl(/dev/null) %[src] if a")]
    [InlineData(" http-request add-acl(virt@a) %[src]", " http-request add-acl(/dev/null) %[src] unless { path_beg -i -f /dev/null }")]
    [InlineData(" http-request add-acl(virt@a) %[src]", " http-request add-acl(/dev/null) %[src] unless { hdr_beg(host),lower,map(/dev/null) x }")]
    [InlineData(" http-request del-map(/dev/./null) %[src]\n http-request set-header X %[src,map(/dev/null)]", " http-request del-map(/dev/null) %[src]\n http-request set-header X %[src,map('/dev/null')]")]
    [InlineData(" http-request del-map(/dev/no) %[src]\n http-request set-header X %[src,map(/dev/null)]", " http-request del-map(/dev/no) %[src]\n http-request set-header X \"%[src,map(${NO}/dev/null)]\"")]
    public void Analyze_finds_maps_that_are_changed_and_not_loaded(string found, string notFound) =>
        RuleExample.IsFound(DiagnosticIds.UndefinedReference, DiagnosticSeverity.Warning, found, notFound);

    [Fact]
    public void Analyze_tells_of_a_frontend_and_a_backend_of_one_name_what_the_version_makes_of_it()
    {
        const string Text = "frontend a\n bind 127.0.0.1:8099\n timeout client 5s\nbackend a\n";
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(RuleExample.Analyze(Text), d => d.Id == DiagnosticIds.DuplicateName).Severity);
        var newest = RuleExample.Analyze(Text, HaproxyVersion.V3_5);
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(newest, d => d.Id == DiagnosticIds.DuplicateName).Severity);
    }

    [Theory]
    [InlineData("2.6", false)]
    [InlineData("3.0", false)]
    [InlineData("3.2", true)]
    public void Analyze_takes_defaults_of_the_same_name_where_the_version_does(string branch, bool isRefused)
    {
        const string Text = "defaults d\ndefaults d from d\n timeout connect 5s\n";
        Assert.True(HaproxyVersion.TryParse(branch, out var version));
        Assert.Equal(isRefused, RuleExample.Analyze(Text, version).Any(d => d.Severity == DiagnosticSeverity.Error));
        if (HaproxyPrograms.Available().FirstOrDefault(installed => installed.Item1 == branch).Item2 is { } program)
        {
            Assert.Equal(isRefused, HaproxyJudge.Judge(program, Latin1.Bytes(Text)).HasError);
        }
    }

    [Fact]
    public void Analyze_follows_a_chain_of_defaults_of_any_length()
    {
        const int Length = 20_000;
        var text = new StringBuilder("defaults d0\n timeout client 5s\n");
        for (var i = 1; i < Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"defaults d{i} from d{i - 1}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"frontend f from d{Length - 1}\n bind 127.0.0.1:8099\n");
        Assert.Empty(RuleExample.Analyze(text.ToString()));
        Assert.Contains(RuleExample.Analyze(text.Replace("client", "connect").ToString()), d => d.Id == DiagnosticIds.MissingTimeout);
    }

    [Fact]
    public void Analyze_points_at_the_name_that_is_missing()
    {
        var found = Assert.Single(RuleExample.Analyze("frontend f\n bind :80\n timeout client 5s\n use_backend %[path] if TRUE\n default_backend app\n"), d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(
            "f.cfg:5:18: error HK3104: 'default_backend' refers to a backend 'app', which does not exist\n"
            + "   default_backend app\n                   ^~~",
            found.Render());
    }
}
