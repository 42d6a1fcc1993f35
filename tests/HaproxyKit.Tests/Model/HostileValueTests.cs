using System.Reflection;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Model;

/// <summary>No string that a user passes to the model can write more than the user meant to write.</summary>
public sealed class HostileValueTests
{
    private const string Text =
        """
        global
            maxconn 10

        defaults base
            mode tcp

        # the shop
        frontend web
            bind :80
            log 10.0.0.9:514 local0 info debug
            capture cookie SESSION len 9
            mode tcp # plain
            acl few nbsrv(app) lt 2
            timeout client 1s
            use_backend app
            default_backend app

        listen both
            bind :81
            balance first
            server s1 10.0.0.1:80

        backend app
            balance first
            stick-table type ip size 1m
            server s1 10.0.0.1:80 check # first

        userlist u
            user a

        peers p
            peer a 10.0.0.1:1

        mailers m
            mailer a 10.0.0.1:1

        resolvers r
            nameserver a 10.0.0.1:1

        """;

    /// <summary>
    /// Everything public that takes a text and writes it, with how many lines it means to add, and whether the text is
    /// HAProxy's own language.
    /// </summary>
    private static readonly Dictionary<string, (Action<HaproxyConfig, string> Write, int Lines, bool IsLanguage)> Writers = new(StringComparer.Ordinal)
    {
        ["Argument.Value"] = ((c, v) => Server(c).Arguments[1].Value = v, 0, false),
        ["ArgumentList.Add"] = ((c, v) => Server(c).Arguments.Add(v), 0, false),
        ["ArgumentList.Insert"] = ((c, v) => Server(c).Arguments.Insert(2, v), 0, false),
        ["ArgumentList.Set(name)"] = ((c, v) => Server(c).Arguments.Set(v), 0, false),
        ["ArgumentList.Set(name,value)"] = ((c, v) => Server(c).Arguments.Set("cookie", v), 0, false),
        ["Backend.Server"] = ((c, v) => c.Backends["app"].Server(v, new("10.0.0.2", 80)), 1, false),
        ["Bind.Ssl"] = ((c, v) => c.Frontends["web"].Binds[0].Ssl(v), 0, false),
        ["Directive.Comment"] = ((c, v) => Server(c).Comment = v, 0, true),
        ["Directive.ReplaceWith"] = ((c, v) => Server(c).ReplaceWith(v), 0, true),
        ["Capture.Name"] = ((c, v) => c.Frontends["web"].Captures[0].Name = v, 0, false),
        ["DirectiveList.Add(keyword)"] = ((c, v) => c.Backends["app"].Directives.Add(v, "x"), 1, false),
        ["DirectiveList.Add"] = ((c, v) => c.Backends["app"].Directives.Add("log-tag", v), 1, false),
        ["DirectiveList.AddLine"] = ((c, v) => c.Backends["app"].Directives.AddLine(v), 1, true),
        ["DirectiveList.Insert(keyword)"] = ((c, v) => c.Backends["app"].Directives.Insert(Server(c), v, "x"), 1, false),
        ["DirectiveList.Insert"] = ((c, v) => c.Backends["app"].Directives.Insert(Server(c), "log-tag", v), 1, false),
        ["DirectiveList.InsertLine"] = ((c, v) => c.Backends["app"].Directives.InsertLine(Server(c), v), 1, true),
        ["Frontend.Bind"] = ((c, v) => c.Frontends["web"].Bind(v), 1, false),
        ["Listen.Bind"] = ((c, v) => c.Listens["both"].Bind(v), 1, false),
        ["Listen.Server"] = ((c, v) => c.Listens["both"].Server(v, new("10.0.0.2", 80)), 1, false),
        ["LogTarget.Facility"] = ((c, v) => c.Frontends["web"].Logs[0].Facility = v, 0, false),
        ["LogTarget.Level"] = ((c, v) => c.Frontends["web"].Logs[0].Level = v, 0, false),
        ["LogTarget.MinimumLevel"] = ((c, v) => c.Frontends["web"].Logs[0].MinimumLevel = v, 0, false),
        ["NamedDirectiveList.Add"] = ((c, v) => c.Userlists["u"].Users.Add(v), 1, false),
        ["NamedDirectiveList.Add(arguments)"] = ((c, v) => c.Userlists["u"].Users.Add("b", "password", v), 1, false),
        ["OptionSet.Item"] = ((c, v) => c.Backends["app"].Options[v] = true, 1, false),
        ["OptionSet.Item(false)"] = ((c, v) => c.Backends["app"].Options[v] = false, 1, false),
        ["ProxySection.From"] = ((c, v) => c.Backends["app"].From = v, 0, false),
        ["Section.Comments"] = ((c, v) => c.Frontends["web"].Comments = [v], 0, true),
        ["Acl.Rename"] = ((c, v) => c.Frontends["web"].Acls[0].Rename(v), 0, false),
        ["Section.Rename"] = ((c, v) => c.Backends["app"].Rename(v), 0, false),
        ["Server.Rename"] = ((c, v) => Server(c).Rename(v), 0, false),
        ["Section.Name"] = ((c, v) => c.Backends["app"].Name = v, 0, false),
        ["SectionList.Add"] = ((c, v) => c.Backends.Add(v), 2, false),
        ["Server.Address"] = ((c, v) => Server(c).Address = Address.Parse(v), 0, false),
        ["Server.Address(host)"] = ((c, v) => Server(c).Address = new Address(v, 80), 0, true),
        ["Server.Name"] = ((c, v) => Server(c).Name = v, 0, false),
        ["ServerList.Add"] = ((c, v) => c.Backends["app"].Servers.Add(v, new("10.0.0.2", 80), like: Server(c)), 1, false),
        ["StatsSettings.AddUser(user)"] = ((c, v) => c.Frontends["web"].Stats.AddUser(v.Length > 0 ? v : "\n", "p"), 1, true),
        ["StatsSettings.AddUser(password)"] = ((c, v) => c.Frontends["web"].Stats.AddUser("u", v.Length > 0 ? v : "\n"), 1, true),
        ["TimeoutSet.Item"] = ((c, v) => c.Backends["app"].Timeouts[v] = TimeSpan.FromSeconds(1), 1, false),
        ["TuneSet.Item"] = ((c, v) => c.Global!.Tune["bufsize"] = v, 1, false),
        ["TuneSet.Item(name)"] = ((c, v) => c.Global!.Tune[v] = "x", 1, true),
        ["Userlist.Group"] = ((c, v) => c.Userlists["u"].Group(v), 1, false),
        ["Userlist.User(hash)"] = ((c, v) => c.Userlists["u"].User("b", v), 1, false),
        ["Userlist.User(name)"] = ((c, v) => c.Userlists["u"].User(v, "x"), 1, false),
        ["Peers.Peer"] = ((c, v) => c.Peers["p"].Peer(v, new("10.0.0.1", 1)), 1, false),
        ["Mailers.Mailer"] = ((c, v) => c.Mailers["m"].Mailer(v, new("10.0.0.1", 1)), 1, false),
        ["Resolvers.Nameserver"] = ((c, v) => c.Resolvers["r"].Nameserver(v, new("10.0.0.1", 1)), 1, false),
        ["UseBackendList.Add(backend)"] = ((c, v) => c.Frontends["web"].UseBackends.Add(v), 1, false),
        ["UseBackendList.Add"] = ((c, v) => c.Frontends["web"].UseBackends.Add("app", v), 1, true),
    };

    public static TheoryData<string> Names => [.. Writers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_written_adds_a_word_a_line_a_section_or_a_comment(string name)
    {
        var (write, lines, isLanguage) = Writers[name];
        foreach (var value in HostileValues.Examples.Concat(HostileValues.Examples.Select(v => "x" + v)).Concat(HostileValues.Examples.Select(v => "if " + v)))
        {
            var config = HaproxyConfig.Parse(Text);
            var (words, comments) = (Count(config, LineTokenKind.Word), Count(config, LineTokenKind.Comment));
            try
            {
                write(config, value);
            }
            catch (Exception e) when (e is ArgumentException or FormatException)
            {
                Assert.Equal(Text, config.ToString());
                continue;
            }

            var context = $"{name} {value}: {config}";
            Assert.True(config.Document.LineCount - HaproxyConfig.Parse(Text).Document.LineCount <= lines, context);
            Assert.Equal(Shape(Text, name == "SectionList.Add"), [.. config.Sections.Select(s => s.Kind)]);
            Assert.DoesNotContain(config.Document.Diagnose(), d => d.Severity == DiagnosticSeverity.Error);
            DocumentAssert.IsAsIfParsed(config.Document);
            if (!isLanguage)
            {
                Assert.True(Count(config, LineTokenKind.Comment) == comments, context);
                Assert.True(Count(config, LineTokenKind.Word) - words <= 4, context);
                Assert.True(Values(config).Contains(value), context);
            }
        }
    }

    [Fact]
    public void Every_public_member_that_writes_a_text_is_in_the_table()
    {
        var reading = new[] { "Named", "Contains", "TryGet", "Get", "Remove", "Load", "Parse", "Save", "Edit", "UsesOfFile", "Directive", "AppendLiteral" };
        var types = typeof(HaproxyConfig).Assembly.GetExportedTypes().Where(t => t.Namespace == typeof(HaproxyConfig).Namespace && !t.IsNested && !typeof(MulticastDelegate).IsAssignableFrom(t));
        var members = types.SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member switch
            {
                PropertyInfo { CanWrite: true } p => p.SetMethod!.IsPublic && (TakesText(p.PropertyType) || p.GetIndexParameters().Any(i => TakesText(i.ParameterType)) || p.PropertyType == typeof(ProxyMode?) || p.PropertyType == typeof(Address)),
                MethodInfo { IsSpecialName: false } m => !reading.Contains(m.Name) && m.GetParameters().Any(p => TakesText(p.ParameterType)),
                _ => false,
            })
            .Where(member => !IsDescribed(type, member.Name) && type != typeof(ProxyMode) && type != typeof(EnclosingCondition))
            .Select(member => $"{type.Name.Split('`')[0]}.{member.Name}"));
        Assert.Equal(members.Distinct().Order(StringComparer.Ordinal), Writers.Keys.Select(k => k.Split('(')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_section_taken_back_leaves_no_trace()
    {
        foreach (var text in new[] { "", "global\n", "global", "global\n    maxconn 1", "global\r\n    maxconn 1\r\n\r\n", "# only a comment", "\n" })
        {
            var config = HaproxyConfig.Parse(text);
            Backend? added = null;
            Assert.Throws<ArgumentOutOfRangeException>(() => config.Backends.Add("app", b =>
            {
                added = b;
                b.Comments = ["one", "two"];
                b.Server("s1", new("10.0.0.1", 80));
                b.Servers["s1"].Weight = 300;
            }));
            Assert.Equal(text, config.ToString());
            Assert.True(added!.IsRemoved);
        }
    }

    [Fact]
    public void A_line_taken_back_leaves_no_trace()
    {
        foreach (var text in new[] { "backend app", "backend app\n    mode tcp", "backend app\r\n", "backend app\n\n# more\n" })
        {
            var config = HaproxyConfig.Parse(text);
            Server? added = null;
            Assert.Throws<ArgumentOutOfRangeException>(() => config.Backends["app"].Server("s1", new("10.0.0.1", 80), s => (added = s).Weight = -1));
            Assert.Equal(text, config.ToString());
            Assert.True(added!.IsRemoved);
        }
    }

    private static Server Server(HaproxyConfig config) => config.Backends["app"].Servers["s1"];

    /// <summary>Whether the laws of all typed properties cover a member.</summary>
    private static bool IsDescribed(Type type, string name) =>
        type.GetField(name + "Property", BindingFlags.Static | BindingFlags.NonPublic) is not null;

    private static bool TakesText(Type type) =>
        type == typeof(string) || type == typeof(ReadOnlySpan<string>) || type == typeof(IReadOnlyList<string>);

    private static List<SectionKind> Shape(string text, bool oneMore) =>
        [.. ConfigDocument.Parse(text).Sections.Select(s => s.Kind), .. oneMore ? [SectionKind.Backend] : Array.Empty<SectionKind>()];

    private static HashSet<string> Values(HaproxyConfig config) =>
        [.. config.Sections.SelectMany(s => s.Directives).SelectMany(d => d.Arguments.Select(a => a.Value).Prepend(d.Keyword)),
            .. config.Sections.Select(s => s.Name), .. config.Sections.OfType<ProxySection>().Select(s => s.From ?? "")];

    private static int Count(HaproxyConfig config, LineTokenKind kind)
    {
        var count = 0;
        foreach (var line in config.Document.Sections.SelectMany(s => s.Lines))
        {
            var scanner = line.Scan();
            while (scanner.MoveNext())
            {
                count += scanner.Kind == kind ? 1 : 0;
            }
        }

        return count;
    }
}
