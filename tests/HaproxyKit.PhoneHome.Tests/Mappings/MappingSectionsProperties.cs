using System.Collections.Immutable;
using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Mappings;

/// <summary>What holds for every file of an operator and every set of mappings.</summary>
public sealed class MappingSectionsProperties
{
    private const int Count = 300;
    private const string NameStart = "AZaz09";
    private const string NameRest = "AZaz09_.-";
    private const string Label = "AZaz09_.:-";
    private static readonly MappingSections Sections = new(new MappingSectionOptions());

    private static readonly Gen<byte[]> OperatorsFile = Gen.Frequency(
        (3, HostileText.Lines.Generator),
        (2, OrdinaryFile()),
        (1, Gen.Elements<byte[]>([], "\n"u8.ToArray(), "global"u8.ToArray(), "# only a comment\n"u8.ToArray(), "\r\n"u8.ToArray(), ".if 1\n"u8.ToArray())));

    private static readonly Arbitrary<(byte[] File, Mapping[] First, Mapping[] Second)> Cases = Arb.From(
        from file in OperatorsFile
        from first in MappingGenerator().ListOf().Select(Distinct)
        from second in MappingGenerator().ListOf().Select(Distinct)
        select (file, first, second),
        Shrink);

    [Fact]
    public void What_was_applied_is_read() => Laws.Check(Cases, c =>
    {
        var applied = ConfigDocument.Parse(Sections.Apply(ConfigDocument.Parse(c.File), c.First).ToBytes());
        Assert.Equal(c.First.OrderBy(mapping => mapping.FrontendPort), MappingSections.Read(applied).OrderBy(mapping => mapping.FrontendPort));
    }, Count);

    [Fact]
    public void Applying_twice_is_applying_once() => Laws.Check(Cases, c =>
    {
        var once = Sections.Apply(ConfigDocument.Parse(c.File), c.First).ToBytes();
        Assert.Equal(Text(once), Text(Sections.Apply(ConfigDocument.Parse(once), c.First).ToBytes()));
    }, Count);

    [Fact]
    public void What_is_remembered_of_sections_that_were_written_changes_no_text() => Laws.Check(Cases, c =>
    {
        var first = c.First.Take(4).ToArray();
        var document = Sections.Apply(ConfigDocument.Parse(c.File), first);
        if (c.Second.Length % 2 == 0)
        {
            // Somebody has sorted the sections, so that a backend stands before its frontend.
            document = ConfigDocument.Parse(document.Sections.Reverse().SelectMany(section => section.Bytes.ToArray()).ToArray());
        }

        foreach (var change in new Func<Mapping, Mapping, Mapping>[]
        {
            static (one, other) => one with { Nodes = other.Nodes },
            static (one, _) => one with { Nodes = [] },
            static (one, _) => one,
            static (one, other) => one with { Settings = other.Settings },
            static (one, other) => one with { Nodes = other.Nodes, Lease = other.Lease },
            static (one, other) => one with { Owner = other.Owner, SendProxy = other.SendProxy },
        })
        {
            Mapping[] wanted = [.. first.Select((mapping, i) => c.Second.Length == 0 ? mapping : change(mapping, c.Second[i % c.Second.Length]))];
            var anew = new MappingSections(new MappingSectionOptions()).Apply(ConfigDocument.Parse(document.ToBytes()), wanted).ToBytes();
            document = Sections.Apply(document, wanted);
            Assert.Equal(Text(anew), Text(document.ToBytes()));
        }
    }, Count);

    [Fact]
    public void What_was_applied_and_taken_away_leaves_the_file_as_it_was() => Laws.Check(Cases, c =>
    {
        byte[] file = c.File is [] or [.., (byte)'\n'] ? c.File : [.. c.File, (byte)'\n'];
        var applied = Sections.Apply(ConfigDocument.Parse(file), c.First).ToBytes();
        Assert.Equal(Text(file), Text(Sections.Apply(ConfigDocument.Parse(applied), []).ToBytes()));
        var other = Sections.Apply(ConfigDocument.Parse(applied), c.Second).ToBytes();
        Assert.Equal(Text(file), Text(Sections.Apply(ConfigDocument.Parse(other), []).ToBytes()));
    }, Count);

    [Fact]
    public void Operators_file_is_the_beginning_of_what_comes_out() => Laws.Check(Cases, c =>
        Assert.StartsWith(Text(c.File), Text(Sections.Apply(ConfigDocument.Parse(c.File), c.First).ToBytes()), StringComparison.Ordinal), Count);

    [Fact]
    public void Text_that_the_operator_puts_behind_our_sections_stays() => Laws.Check(
        Arb.From(
            from c in Cases.Generator
            from tail in HostileText.Lines.Generator
            select (c.File, c.First, c.Second, Tail: tail)),
        c =>
        {
            // A tail that begins with an indented directive is a hand edit of our last section, so the operator begins with what ends it.
            byte[] tail = [.. "\n# mine, from here on\n.if 1\n"u8, .. c.Tail, .. "\n"u8];
            byte[] edited = [.. Sections.Apply(ConfigDocument.Parse(c.File), c.First).ToBytes(), .. tail];
            if (c.Tail.Length > 0 && ConfigDocument.Parse(c.Tail).GetSection(0).Kind == SectionKind.None)
            {
                return;
            }

            Assert.Contains(Text(tail), Text(Sections.Apply(ConfigDocument.Parse(edited), c.Second).ToBytes()), StringComparison.Ordinal);
        }, Count);

    [Fact]
    public void Sections_are_the_same_whatever_was_applied_before() => Laws.Check(Cases, c =>
    {
        // But for the slots of nodes that stood there before.
        var first = c.First.Where(one => !c.Second.Any(two => one.FrontendName == two.FrontendName)).ToArray();
        var direct = Sections.Apply(ConfigDocument.Parse(c.File), c.Second);
        var roundabout = Sections.Apply(Sections.Apply(Sections.Apply(ConfigDocument.Parse(c.File), first), c.Second), c.Second.Reverse());
        Assert.Equal(OurSections(direct, c.Second), OurSections(roundabout, c.Second));
    }, Count);

    [Fact]
    public void Any_request_is_refused_by_its_field_or_stands_in_the_file_as_it_was_asked_for_and_nowhere_else() => Laws.Check(
        Arb.From(
            from file in OperatorsFile
            from json in HostileRequests.OursWithOneOddMember.Generator
            select (File: file, Json: json),
            c => HostileRequests.OursWithOneOddMember.Shrinker(c.Json).Select(json => (c.File, json)).Concat(ByteShrinker.Shrink(c.File).Select(file => (file, c.Json)))),
        c =>
        {
            var judged = MappingValidator.Validate(
                Encoding.UTF8.GetBytes(c.Json), RequestFormat.PhoneHome, new CallOrigin { Owner = "team", Address = IPAddress.Parse("203.0.113.9") });
            if (judged.Command is not { } command)
            {
                Assert.All(judged.Problems, problem => Assert.Contains($"\"{problem.Field.Split('.')[^1]}\"", c.Json, StringComparison.Ordinal));
                return;
            }

            var wanted = DesiredMappings.Empty.Decide(new MappingIntent.Call(command), TimeSpan.FromMinutes(5)).Mappings;
            var document = ConfigDocument.Parse(c.File);
            var applied = Sections.Apply(document, wanted.All).ToBytes();
            Assert.StartsWith(Text(c.File), Text(applied), StringComparison.Ordinal);
            var parsed = ConfigDocument.Parse(applied);
            Assert.Equal(wanted.All, MappingSections.Read(parsed));
            Assert.Equal(
                wanted.All.SelectMany(mapping => new[] { mapping.FrontendName, mapping.BackendName }),
                ConfigDocument.Parse(applied.AsSpan(c.File.Length)).Sections.Where(section => section.Kind != SectionKind.None).Select(section => section.Name));
            if (wanted[command.FrontendPort] is { Settings: var settings } mapping)
            {
                Assert.Equal(command.Settings, settings);
                Assert.Equal(command.Weight ?? 100, Assert.Single(mapping.Nodes).Weight);
                AssertWritten(new HaproxyConfig(parsed), mapping);
            }
        }, 2_000);

    /// <summary>The words that HAProxy will read are those that were asked for, and no others.</summary>
    private static void AssertWritten(HaproxyConfig config, Mapping mapping)
    {
        var (frontend, backend) = (config.Frontends[mapping.FrontendName], config.Backends[mapping.BackendName]);
        var bind = mapping.Settings.BindAddress ?? IPAddress.Any;
        Assert.Equal(bind.Equals(IPAddress.Any) ? "*" : bind.ToString(), Assert.Single(Assert.Single(frontend.Binds).Addresses).Host);
        Assert.Equal([$"{mapping.Settings.MaxConnections ?? 0}"], WordsOf(frontend, "maxconn"));
        Assert.Equal([SettingWords.Of(mapping.Settings.Balance ?? BalanceMethod.RoundRobin)], WordsOf(backend, "balance"));
        Assert.Equal(mapping.Settings.Balance == BalanceMethod.Source ? ["consistent"] : [], WordsOf(backend, "hash-type"));
        Assert.Equal(
            mapping.Settings.Check?.Kind == HealthCheckKind.Http
                ? ["connect", "default", "send", "meth", "GET", "uri", mapping.Settings.Check.Path ?? "/", "expect", "status", "200-399"]
                : [],
            WordsOf(backend, "http-check"));
        Assert.Equal(
            mapping.Settings.Stickiness is { Ticks: > 0 } time ? ["type", "ipv6", "size", "100k", "expire", HaproxyTime.Format(time)] : [],
            WordsOf(backend, "stick-table"));
    }

    private static string[] WordsOf(Section section, string keyword) =>
        [.. section.Directives[keyword].SelectMany(directive => directive.Arguments.Select(argument => argument.Value))];

    /// <summary>A node keeps its server, whoever comes and goes; and no server in service is without an address.</summary>
    [Fact]
    public void Nodes_that_stay_keep_their_servers_and_all_others_are_spare_ones() => Laws.Check(
        Arb.From(
            from mapping in MappingGenerator()
            from steps in Gen.Choose(0, 4).ListOf().NonEmptyListOf()
            select (mapping, steps)),
        c =>
        {
            var names = Enumerable.Range(0, 5).Select(i => c.mapping.Nodes[0] with { Node = $"w{i}" }).ToArray();
            var few = new MappingSections(new MappingSectionOptions { SlotCount = 3 });
            var document = ConfigDocument.Parse("global\n");
            var before = new Dictionary<string, string>();
            foreach (var step in c.steps)
            {
                var nodes = step.Distinct().Select(i => names[i]).ToArray();
                document = few.Apply(document, [c.mapping with { Nodes = [.. nodes] }]);
                var servers = document.ToString().Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("server ", StringComparison.Ordinal)).ToList();
                var now = servers.Where(line => !line.Contains(" disabled")).ToDictionary(
                    line => line.Split(' ').Single(word => word.StartsWith("node=", StringComparison.Ordinal))[5..], line => line.Split(' ')[1]);
                Assert.Equal(nodes.Select(node => node.Node).Order(), now.Keys.Order());
                Assert.All(now.Where(pair => before.ContainsKey(pair.Key)), pair => Assert.Equal(before[pair.Key], pair.Value));
                Assert.Equal(servers.Count, servers.Select(line => line.Split(' ')[1]).Distinct().Count());
                Assert.True(servers.Count >= 3);
                Assert.All(servers, line => Assert.Equal(line.Contains(" disabled"), line.Contains(" 0.0.0.0:1 ")));
                before = now;
            }
        }, Count);

    /// <summary>What operators write: several sections, conditions, comments at odd places, either line ending.</summary>
    private static Gen<byte[]> OrdinaryFile() =>
        from pieces in Gen.Elements(
            "# by hand\nglobal\n    maxconn 10   # keep\n", "defaults\n\tmode http\n\n\n", ".if defined(X)\nfrontend a\n    bind :80\n.endif\n",
            "backend b from d # c\n    server s 192.0.2.1:80\n    # indented\n# at the edge\n", "\n# alone\n\n", "frontend phonehome_1_a\n    bind :1\n",
            "# haproxykit mapping a:2 owner=o lease=1m\nfrontend phonehome_1_a\n    bind :1\n").ListOf()
        from ending in Gen.Elements("\n", "\r\n")
        from last in Gen.Elements("", "# last")
        select Encoding.UTF8.GetBytes((string.Concat(pieces) + last).Replace("\n", ending));

    private static string[] OurSections(ConfigDocument document, IEnumerable<Mapping> mappings)
    {
        var names = mappings.SelectMany(mapping => new[] { mapping.FrontendName, mapping.BackendName }).ToHashSet(StringComparer.Ordinal);
        return [.. document.Sections.Where(section => names.Contains(section.Name)).Select(section => section.ToString().TrimEnd()).Order(StringComparer.Ordinal)];
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static Mapping[] Distinct(IEnumerable<Mapping> mappings) => [.. mappings.DistinctBy(mapping => mapping.FrontendPort)];

    private static Gen<Mapping> MappingGenerator() =>
        from start in Gen.Elements(NameStart.ToCharArray())
        from rest in TextOf(NameRest, 0, PhoneHomeLimits.MaxNameLength - 1)
        from owner in TextOf(NameStart, 1, PhoneHomeLimits.MaxNameLength)
        from port in Gen.OneOf(Gen.Choose(1, 20), Gen.Choose(1, 65535))
        from lease in Gen.Choose(PhoneHomeLimits.MinLeaseSeconds, PhoneHomeLimits.MaxLeaseSeconds)
        from proxy in Gen.Elements(ProxyProtocol.None, ProxyProtocol.V1, ProxyProtocol.V2)
        from settings in SettingsGenerator()
        from nodes in Gen.OneOf(
            NodeGenerator(Gen.Constant<string?>(null)).Select(node => new[] { node }),
            NodeGenerator(Gen.OneOf(Gen.Constant("node"), TextOf(Label, 1, PhoneHomeLimits.MaxNodeLength)).Select(name => (string?)name)).NonEmptyListOf()
                .Select(list => list.DistinctBy(node => node.Node).ToArray()))
        select new Mapping
        {
            Name = start + rest, FrontendPort = port, Owner = owner, Lease = TimeSpan.FromSeconds(lease), SendProxy = proxy, Settings = settings,
            Nodes = [.. nodes],
        };

    private static Gen<MappingNode> NodeGenerator(Gen<string?> names) =>
        from name in names
        from address in Gen.Elements("203.0.113.7", "2001:db8::1", "::1", "127.0.0.1", "fd00::5").Select(IPAddress.Parse)
        from port in Gen.Choose(1, 65535)
        from weight in Gen.OneOf(Gen.Constant(MappingNode.DefaultWeight), Gen.Choose(PhoneHomeLimits.MinWeight, PhoneHomeLimits.MaxWeight))
        from instances in TextOf(Label, 1, PhoneHomeLimits.MaxInstanceLength).ListOf()
        select new MappingNode { Node = name, Address = address, Port = port, Weight = weight, Instances = [.. instances.Distinct().Order(StringComparer.Ordinal)] };

    private static Gen<MappingSettings> SettingsGenerator() => Gen.Frequency(
        (1, Gen.Constant(MappingSettings.Default)),
        (3,
            from bind in Gen.Elements<string?>(null, "0.0.0.0", "::", "127.0.0.2", "2001:db8::5")
            from check in Gen.OneOf(Gen.Constant<NodeCheck?>(null), CheckGenerator().Select(check => (NodeCheck?)check))
            from balance in Gen.Elements<BalanceMethod?>(
                null, BalanceMethod.RoundRobin, BalanceMethod.LeastConnections, BalanceMethod.Random, BalanceMethod.Source)
            from sticky in TimeOf(PhoneHomeLimits.MinStickiness, PhoneHomeLimits.MaxStickiness)
            from most in Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(0, PhoneHomeLimits.MaxConnections).Select(most => (int?)most))
            from drain in TimeOf(TimeSpan.Zero, PhoneHomeLimits.MaxDrainTime)
            select new MappingSettings
            {
                BindAddress = bind is null ? null : IPAddress.Parse(bind), Check = check, Balance = balance, Stickiness = sticky, MaxConnections = most,
                DrainTime = drain,
            }));

    private static Gen<NodeCheck> CheckGenerator() =>
        from kind in Gen.Elements(HealthCheckKind.Tcp, HealthCheckKind.Http, HealthCheckKind.None)
        from path in Gen.OneOf(Gen.Constant<string?>(null), TextOf("az09/._~-?=&%+:,@", 0, PhoneHomeLimits.MaxCheckPathLength - 1).Select(path => (string?)("/" + path)))
        from interval in TimeOf(PhoneHomeLimits.MinCheckTime, PhoneHomeLimits.MaxCheckTime)
        from timeout in TimeOf(PhoneHomeLimits.MinCheckTime, PhoneHomeLimits.MaxCheckTime)
        from fall in Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(1, PhoneHomeLimits.MaxCheckCount).Select(fall => (int?)fall))
        from rise in Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(1, PhoneHomeLimits.MaxCheckCount).Select(rise => (int?)rise))
        select new NodeCheck
        {
            Kind = kind, Path = kind == HealthCheckKind.Http ? path : null, Interval = interval, Timeout = timeout, Fall = fall, Rise = rise,
        };

    private static Gen<TimeSpan?> TimeOf(TimeSpan least, TimeSpan most) => Gen.OneOf(
        Gen.Constant<TimeSpan?>(null),
        Gen.Choose((int)least.TotalMilliseconds, (int)most.TotalMilliseconds).Select(time => (TimeSpan?)TimeSpan.FromMilliseconds(time)),
        Gen.Choose((int)Math.Ceiling(least.TotalSeconds), (int)most.TotalSeconds).Select(time => (TimeSpan?)TimeSpan.FromSeconds(time)));

    private static Gen<string> TextOf(string characters, int least, int most) =>
        from length in Gen.Frequency((8, Gen.Choose(least, Math.Min(12, most))), (1, Gen.Constant(most)))
        from text in Gen.Elements(characters.ToCharArray()).ArrayOf(length)
        select new string(text);

    private static IEnumerable<(byte[] File, Mapping[] First, Mapping[] Second)> Shrink((byte[] File, Mapping[] First, Mapping[] Second) value) =>
        value.First.Select((_, i) => (value.File, value.First.ToImmutableArray().RemoveAt(i).ToArray(), value.Second))
            .Concat(value.Second.Select((_, i) => (value.File, value.First, value.Second.ToImmutableArray().RemoveAt(i).ToArray())))
            .Concat(ByteShrinker.Shrink(value.File).Select(file => (file, value.First, value.Second)));
}
