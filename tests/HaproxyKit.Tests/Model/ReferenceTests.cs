using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Model;

public sealed class ReferenceTests
{
    private const string Text =
        """
        global
            log ring@buffer local0

        defaults base
            mode http
            errorfiles errors
            email-alert mailers post

        frontend web from base
            acl local src 10.0.0.0/8
            acl local src 192.168.0.0/16
            acl few nbsrv(app) lt 2
            http-request deny if !local { http_auth(admins) } or local
            http-request auth unless { http_auth(admins) }
            http-request do-resolve(txn.ip,dns) str(name)
            http-request cache-use small
            http-request set-header X %[nbsrv(app)]-%[src,map(/etc/hosts.map)] if local
            http-request track-sc0 src table app
            use_backend app if local
            use_backend app if { path_beg -M -f /etc/hosts.map }
            use_backend %[path,map(/etc/hosts.map)] if few
            default_backend app # the app

        backend app
            stick-table type ip size 1m peers near
            server s1 10.0.0.1:80 resolvers dns check
            server s2 10.0.0.2:80 track s1

        backend other
            use-server s3 if { srv_is_up(app/s1) }
            server s3 10.0.0.3:80 track app/s1

        resolvers dns
            nameserver n 10.0.0.1:53

        userlist admins
            user u insecure-password p

        peers near
            peer a 10.0.0.1:1000

        cache small
            total-max-size 4

        ring buffer
            size 1m

        mailers post
            mailer m 10.0.0.1:25

        http-errors errors
            errorfile 503 /a

        """;

    private static HaproxyConfig Config => HaproxyConfig.Parse(Text);

    [Theory]
    [InlineData(SectionKind.Backend, "app", 8)]
    [InlineData(SectionKind.Resolvers, "dns", 2)]
    [InlineData(SectionKind.Userlist, "admins", 2)]
    [InlineData(SectionKind.Peers, "near", 1)]
    [InlineData(SectionKind.Cache, "small", 1)]
    [InlineData(SectionKind.Ring, "buffer", 1)]
    [InlineData(SectionKind.Mailers, "post", 1)]
    [InlineData(SectionKind.HttpErrors, "errors", 1)]
    [InlineData(SectionKind.Defaults, "base", 1)]
    public void References_are_found_and_followed_for_every_kind(SectionKind kind, string name, int count)
    {
        var config = Config;
        var section = config.SectionsOf(kind)[name];
        Assert.Equal(count, section.References.Count);
        Assert.All(section.References, reference => Assert.Same(section, Assert.Single(reference.Targets)));
        Assert.Equal(count, section.Rename("renamed").Followed.Count);
        Assert.Equal(count, section.References.Count);
        Assert.Equal(Text.Split('\n').Length, config.ToString().Split('\n').Length);
        Assert.Equal(count, section.Rename(name).Followed.Count);
        Assert.Equal(Text, config.ToString());
    }

    [Fact]
    public void Names_made_at_run_time_are_told_and_left()
    {
        var config = Config;
        var renamed = config.Backends["app"].Rename("shop");
        Assert.Equal("use_backend %[path,map(/etc/hosts.map)] if few", Assert.Single(renamed.NotFollowed).Directive!.Text.Trim());
        Assert.Contains("%[nbsrv(shop)]-%[src", config.ToString(), StringComparison.Ordinal);
        Assert.Contains("srv_is_up(shop/s1)", config.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => config.Backends["shop"].Rename("other"));
    }

    [Fact]
    public void Where_two_have_the_name_nothing_is_followed()
    {
        var config = HaproxyConfig.Parse("frontend f\n  default_backend a\n.if 1\nbackend a\n.else\nbackend a\n.endif\n");
        var renamed = config.Backends.Named("a")[0].Rename("b");
        Assert.Equal((0, 1), (renamed.Followed.Count, renamed.NotFollowed.Count));
    }

    [Fact]
    public void Acls_servers_and_files_know_their_uses()
    {
        var config = Config;
        var acl = config.Frontends["web"].Acls.Named("local")[0];
        Assert.Equal(4, acl.Uses.Count);
        Assert.Equal(4, acl.Rename("near").Followed.Count);
        Assert.Contains("http-request deny if !near { http_auth(admins) } or near\n", config.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, config.Frontends["web"].Acls.Named("near").Count);
        Assert.Throws<ArgumentException>(() => acl.Rename("few"));
        Assert.Throws<ArgumentException>(() => acl.Rename("or"));

        var server = config.Backends["app"].Servers["s1"];
        Assert.Equal(3, server.Uses.Count);
        Assert.Equal(3, server.Rename("first").Followed.Count);
        Assert.Contains("track first\n", config.ToString(), StringComparison.Ordinal);
        Assert.Contains("srv_is_up(app/first)", config.ToString(), StringComparison.Ordinal);
        Assert.Contains("track app/first\n", config.ToString(), StringComparison.Ordinal);

        Assert.Equal(3, config.UsesOfFile("/etc/hosts.map").Count);
        Assert.Equal(["app", "near"], config.Frontends["web"].UseBackends[0].Refers.Select(reference => reference.Name));
    }

    [Fact]
    public void Removed_with_its_references_a_backend_leaves_what_stands_in_expressions()
    {
        var config = Config;
        var gone = config.Backends["app"].RemoveWithReferences();
        Assert.Equal(
            ["http-request track-sc0 src table app", "use_backend app if local", "use_backend app if { path_beg -M -f /etc/hosts.map }", "default_backend app # the app"],
            gone.Select(line => line.RemovedText!.Trim()));
        Assert.Contains("    server s3 10.0.0.3:80\n", config.ToString(), StringComparison.Ordinal);
        Assert.Contains("nbsrv(app)", config.ToString(), StringComparison.Ordinal);
        config.Resolvers["dns"].RemoveWithReferences();
        Assert.DoesNotContain("do-resolve", config.ToString(), StringComparison.Ordinal);
        config.Defaults["base"].RemoveWithReferences();
        Assert.Null(config.Frontends["web"].From);
    }

    [Fact]
    public void References_go_across_the_files_of_a_set()
    {
        var set = new ConfigSet([ConfigDocument.Parse("frontend f\n  default_backend a\n"), ConfigDocument.Parse("backend a\n")]);
        Assert.Same(set.Frontends["f"], Assert.Single(set.Backends["a"].References).Section);
        Assert.Same(set.Backends["a"], Assert.Single(set.Frontends["f"].Directives.Single().Refers[0].Targets));
        set.Backends["a"].Rename("b");
        Assert.Equal("frontend f\n  default_backend b\n", set.Files[0].ToString());
    }
}
