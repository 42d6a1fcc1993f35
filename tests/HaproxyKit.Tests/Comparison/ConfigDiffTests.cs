using System.Text.Json;
using HaproxyKit.Comparison;
using HaproxyKit.Model;
using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Comparison;

public sealed class ConfigDiffTests
{
    private const string Base =
        """
        global
            maxconn 100
        defaults
            mode http
            timeout client 5s
        frontend web
            bind :80
            acl api path_beg /api
            http-request deny if !api
            use_backend api if api
            default_backend app
        backend app
            balance roundrobin
            server s1 10.0.0.1:80 check weight 10
            server s2 10.0.0.2:80 check
        backend api
            server a1 10.0.1.1:80

        """;

    [Theory]
    [InlineData("    mode http\n", "    mode tcp\n", "4: changed in defaults: mode: http -> tcp")]
    [InlineData("    mode http\n", "", "4: removed from defaults: mode http")]
    [InlineData("    mode http\n", "    mode http\n    option httplog\n", "5: added to defaults: option httplog")]
    [InlineData("server s1 10.0.0.1:80 check weight 10", "server s1 10.0.0.9:80 check weight 20", "14: changed in backend app: server s1: address 10.0.0.1:80 -> 10.0.0.9:80, weight 10 -> 20")]
    [InlineData("server s1 10.0.0.1:80 check weight 10", "server s1 10.0.0.1:80 weight 10 ssl", "14: changed in backend app: server s1: -check, +ssl")]
    [InlineData("server s1 10.0.0.1:80 check weight 10", "server s1 10.0.0.1:80 weight 10 check", "14: changed in backend app: server s1: check at another place")]
    [InlineData("bind :80", "bind :80 ssl crt /a.pem", "7: changed in frontend web: bind :80: +ssl, +crt /a.pem")]
    [InlineData("http-request deny if !api", "http-request deny deny_status 429 if !api", "9: changed in frontend web: http-request: +deny_status, +429")]
    [InlineData("use_backend api if api", "use_backend api if api { src 10.0.0.0/8 }", "10: changed in frontend web: use_backend: +{, +src, +10.0.0.0/8, +}")]
    [InlineData("backend api\n", "backend api from d\n", "16: changed: backend api: +from, +d")]
    [InlineData("timeout client 5s", "timeout client 6s", "5: changed in defaults: timeout client: 5s -> 6s")]
    public void A_change_of_one_line_is_one_change(string old, string changed, string expected) =>
        Assert.Equal([expected], Diff(Base, Base.Replace(old, changed)));

    [Fact]
    public void A_section_that_is_added_or_removed_is_one_change_with_its_lines()
    {
        var added = ConfigDiff.Between(Parse(Base), Parse(Base + "backend more\n  # no line\n  mode tcp\n  server x 1.2.3.4:1\n"));
        var change = Assert.Single(added);
        Assert.Equal("18: added: backend more (2 lines)", change.ToString());
        Assert.Equal("18: added: backend more (2 lines)\n  + backend more\n  +     mode tcp\n  +     server x 1.2.3.4:1", change.Render());
        Assert.Equal(["mode tcp", "server x 1.2.3.4:1"], change.Lines.Select(line => line.Text));
        Assert.Equal(["16: removed: backend api (1 line)"], Diff(Base, Base[..Base.IndexOf("backend api\n", StringComparison.Ordinal)]));
    }

    [Fact]
    public void A_section_under_another_name_with_the_same_lines_was_renamed()
    {
        Assert.Equal(["16: changed: backend shop: api -> shop"], Diff(Base, Base.Replace("backend api\n", "backend shop\n")));
        Assert.Equal(
            ["16: added: backend shop (1 line)", "16: removed: backend api (1 line)"],
            Diff(Base, Base.Replace("backend api\n    server a1", "backend shop\n    server a2")).Order());
    }

    [Fact]
    public void Alike_sections_under_other_names_are_not_taken_for_each_other() => Assert.Equal(
        ["1: added: backend c (1 line)", "1: removed: backend a (1 line)", "3: removed: backend b (1 line)"],
        Diff("backend a\n mode tcp\nbackend b\n mode tcp\n", "backend c\n mode tcp\n").Order());

    [Theory]
    [InlineData("    server s2 10.0.0.2:80 check\n", "    server s1 10.0.0.1:80 check weight 10\n", "server s")]
    [InlineData("    http-request deny if !api\n", "    acl api path_beg /api\n", "acl api path_beg /api")]
    public void Order_within_a_family_is_told(string first, string second, string start)
    {
        var swapped = Base.Replace(second + first, first + second);
        Assert.NotEqual(Base, swapped);
        var change = Assert.Single(Diff(Base, swapped));
        Assert.Contains("moved in", change, StringComparison.Ordinal);
        Assert.Contains(start, change, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("    mode http\n", "    timeout client 5s\n")]
    [InlineData("    use_backend api if api\n", "    default_backend app\n")]
    [InlineData("backend app\n    balance roundrobin\n    server s1 10.0.0.1:80 check weight 10\n    server s2 10.0.0.2:80 check\n", "backend api\n    server a1 10.0.1.1:80\n")]
    public void Order_between_settings_and_among_proxies_is_not(string first, string second)
    {
        var swapped = Base.Replace(first + second, second + first);
        Assert.NotEqual(Base, swapped);
        Assert.Empty(Diff(Base, swapped));
    }

    [Theory]
    [InlineData("backend a\ndefaults\n mode tcp\nbackend b\n", "defaults\n mode tcp\nbackend a\nbackend b\n")]
    [InlineData("global\n setenv A b\nbackend a\n", "backend a\nglobal\n setenv A b\n")]
    [InlineData("crt-store s\n load crt a.pem\nfrontend f\n", "frontend f\ncrt-store s\n load crt a.pem\n")]
    [InlineData("userlist u\n user a\nuserlist u\n user b\n", "userlist u\n user b\nuserlist u\n user a\n")]
    [InlineData("global\n setenv A b\n description \"$A\"\n", "global\n description \"$A\"\n setenv A b\n")]
    [InlineData("backend b\n option httpchk\n option tcp-check\n", "backend b\n option tcp-check\n option httpchk\n")]
    [InlineData("backend b\n enabled\n disabled\n", "backend b\n disabled\n enabled\n")]
    public void What_acts_on_others_must_stand_where_it_stood(string before, string after) =>
        Assert.Contains("moved", Assert.Single(Diff(before, after)), StringComparison.Ordinal);

    [Theory]
    [InlineData("backend a\n server s 1.1.1.1:1\n", "\n# c\n\"backend\"   'a' # x\n\n\tserver\ts\\x20 \"1.1.1.1:1\"\r\n", "s\\x20", "s")]
    [InlineData("a \"$V\"\n", " a \"${V}\" # c\n")]
    [InlineData("a b\n", "a b\n\n\"\" no line\n")]
    [InlineData("a b\n", "a b")]
    [InlineData("[s] # c\n", "  [s]\n")]
    public void Blanks_comments_and_quotes_are_no_change(string before, string after, string? old = null, string? with = null) =>
        Assert.Empty(Diff(before, old is null ? after : after.Replace(old, with, StringComparison.Ordinal)));

    [Theory]
    [InlineData("a \"$V\"\n", "a '$V'\n")]
    [InlineData("a \"${V}\"\n", "a \"${V[*]}\"\n")]
    [InlineData("a \"${V}\"\n", "a \"${V-}\"\n")]
    [InlineData("a b c\n", "a 'b c'\n")]
    [InlineData("a b\n", "a b ''\n")]
    [InlineData("a 'b'\n", "a 'b\n")]
    [InlineData("a b\n", "a b\0\n")]
    [InlineData("[a]\n", "[b]\n")]
    [InlineData("[a]\n", "[a\n")]
    [InlineData("a \u00ff\n", "a \u00fe\n")]
    public void Other_words_are_a_change_however_alike_they_look(string before, string after) =>
        Assert.Single(ConfigDiff.Between(ConfigDocument.Parse(Latin1.Bytes(before)), ConfigDocument.Parse(Latin1.Bytes(after))));

    [Fact]
    public void IsOnlyIn_tells_whether_other_words_differ()
    {
        var change = Assert.Single(ConfigDiff.Between(
            Parse(Base), Parse(Base.Replace("10.0.0.1:80 check weight 10", "10.0.0.9:80 check weight 0"))));
        Assert.Equal((SectionKind.Backend, "app", "server", "s1"), (change.SectionKind, change.SectionName, change.Keyword, change.Name));
        Assert.True(change.IsOnlyIn("address", "weight"));
        Assert.True(change.IsOnlyIn("address", "weight", "maxconn"));
        Assert.False(change.IsOnlyIn("address"));
        Assert.Equal([("address", "10.0.0.1:80", "10.0.0.9:80"), ("weight", "10", "0")], change.Words.Select(word => (word.Name!, word.Old!, word.New!)));
        Assert.False(Assert.Single(ConfigDiff.Between(Parse(Base), Parse(Base + "backend x\n"))).IsOnlyIn("address"));
    }

    [Fact]
    public void Words_that_repeat_are_paired_by_value_first()
    {
        var words = Assert.Single(ConfigDiff.Between(
            Parse("frontend f\n bind :1 ssl crt a crt b crt c\n"), Parse("frontend f\n bind :1 crt b ssl crt c crt d\n"))).Words;
        Assert.Equal(["crt a -> d", "crt b at another place"], words.Select(word => word.ToString()).Order());
    }

    [Fact]
    public void A_value_of_a_variable_is_told_to_be_one()
    {
        var change = Assert.Single(ConfigDiff.Between(
            Parse("backend b\n server s 1.1.1.1:1\n"), Parse("backend b\n server s \"${A}:1\"\n")));
        Assert.True(Assert.Single(change.Words).HasVariables);
    }

    [Theory]
    [InlineData("backend b\n.if A\n mode tcp\n.endif\n", "backend b\n.if B\n mode tcp\n.endif\n", "2: changed in backend b: .if: A -> B")]
    [InlineData("backend b\n.if A\n mode tcp\n.else\n mode http\n.endif\n", "backend b\n.if A\n mode tcp\n.endif\n mode http\n", "4: removed from backend b: .else")]
    [InlineData("backend b\n mode tcp\n", "backend b\n.if A\n mode tcp\n.endif\n", "2: added to backend b: .if A", "4: added to backend b: .endif")]
    [InlineData("backend b\n.if A\n x\n.endif\n mode tcp\n", "backend b\n.if A\n x\n mode tcp\n.endif\n", "4: moved in backend b: mode tcp, was 5")]
    [InlineData("backend b\n.if A\n x\n y\n.else\n z\n.endif\n", "backend b\n.if A\n x\n.else\n y\n z\n.endif\n", "5: moved in backend b: y, was 4")]
    [InlineData("backend a\n.if A\nbackend b\n x\n.endif\nbackend c\n", "backend a\nbackend b\n x\n.if A\n.endif\nbackend c\n", "2: moved: backend b, was 3")]
    [InlineData("[s]\nbackend b\n[t]\nbackend c\n", "[s]\nbackend b\nbackend c\n[t]\n", "3: moved: backend c, was 4")]
    public void Conditions_and_scopes_are_lines_that_decide_about_others(string before, string after, params string[] expected) =>
        Assert.Equal(expected, Diff(before, after));

    [Fact]
    public void Branches_that_define_the_same_section_are_compared_each_with_its_own()
    {
        const string Branches = ".if A\nbackend b\n server s 1.1.1.1:1\n.else\nbackend b\n server s 2.2.2.2:2\n.endif\n";
        Assert.Equal(
            ["6: changed in backend b: server s: address 2.2.2.2:2 -> 3.3.3.3:3"],
            Diff(Branches, Branches.Replace("2.2.2.2:2", "3.3.3.3:3")));
    }

    [Fact]
    public void ToJson_is_an_array_of_changes()
    {
        var after = ConfigDocument.Parse(Base.Replace("weight 10", "weight \"2\""), "new.cfg");
        using var json = JsonDocument.Parse(ConfigDiff.Between(Parse(Base), after).ToJson());
        var change = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(
            """{"kind":"changed","subject":"directive","sectionKind":"backend","sectionName":"app","keyword":"server","name":"s1","old":{"line":14,"text":"server s1 10.0.0.1:80 check weight 10","words":["server","s1","10.0.0.1:80","check","weight","10"]},"new":{"file":"new.cfg","line":14,"text":"server s1 10.0.0.1:80 check weight \"2\"","words":["server","s1","10.0.0.1:80","check","weight","2"]},"words":[{"kind":"changed","name":"weight","old":"10","new":"2","oldIndex":4,"newIndex":4}],"lines":[]}""",
            change.GetRawText());
        Assert.Equal("[]", ConfigDiff.Between(after, after).ToJson());
    }

    [Fact]
    public void Render_shows_both_lines_and_hides_nothing()
    {
        var diff = ConfigDiff.Between(Parse("a b\n"), ConfigDocument.Parse("a \"\\x1b[31m\"  # c\n", "f.cfg"));
        Assert.Equal("f.cfg:1: changed before the first section: a: b -> \\u001B[31m\n  - a b\n  + a \"\\x1b[31m\"  # c\n", diff.Render());
        Assert.Equal("f.cfg:1: changed before the first section: a: b -> \\u001B[31m", diff.ToString());
    }

    [Fact]
    public void An_edit_of_the_model_is_its_own_difference()
    {
        var config = HaproxyConfig.Parse(Base);
        var before = config.Document;
        config.Backends["app"].Servers["s1"].Weight = 5;
        config.Frontends["web"].Directives["use_backend"][0].Remove();
        Assert.Equal(
            ["10: removed from frontend web: use_backend api if api", "13: changed in backend app: server s1: weight 10 -> 5"],
            ConfigDiff.Between(before, config.Document).Select(change => change.ToString()));
    }

    private static ConfigDocument Parse(string text) => ConfigDocument.Parse(text);

    private static IEnumerable<string> Diff(string before, string after) =>
        ConfigDiff.Between(Parse(before), Parse(after)).Select(change => change.ToString());
}
