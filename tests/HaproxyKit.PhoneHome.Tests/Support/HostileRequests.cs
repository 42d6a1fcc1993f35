using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>JSON objects with every member of a request, well-formed or not, and others.</summary>
internal static class HostileRequests
{
    private static readonly string[] OurMembers =
    [
        "name", "frontendPort", "nodePort", "address", "node", "instance", "action", "sendProxy", "lease", "weight", "bindAddress", "check", "balance",
        "sticky", "maxConnections", "drain", "other",
    ];

    private static readonly string[] CheckMembers = ["kind", "path", "interval", "timeout", "fall", "rise", "other"];

    private static readonly string[] IncumbentMembers =
        ["name", "frontend-port", "backend-port", "dst-ip", "action", "send-proxy", "weight", "check", "bindAddress", "other"];

    // What attackers wrote, and what is just right or just wrong: random text alone would seldom be accepted.
    private static readonly string[] Values =
    [
        "a", "traefik", "443", "08443", "+7001", "7e3", "7000-7010", "30443", "65535", "65536", "203.0.113.7", "2001:db8::1",
        "::ffff:127.0.0.2", "127.2", "add", "delete", "v1", "v2", "send-proxy", "", " ", "node-1", "\n", "\0", "a\nglobal",
        "127.0.0.5:30844 #", "x -rf /", "../../x", "*", "%[env(HOME)]", "${X}", "\"", "'", "\\", "#", "\u0085", "\ud83d\ude00",
        "http", "tcp", "none", "/healthz", "/a b", "/a\" ver HTTP/1.1", "/%[env(HOME)]", "/x#", "/'", "/\\", "leastconn", "source", "random",
        "first", "url_param(x)", "roundrobin\nserver x 127.0.0.1:1", "10m", "1us", "99d", "500ms", "1s peers other", "-1", "1e3s",
    ];

    private static readonly string[] Numbers =
        ["443", "30443", "0", "1", "256", "257", "-1", "70000", "7e3", "1.5", "600", "99999999999", "null", "true", "[]", "{}"];

    // What a member takes, so that a whole request has a chance.
    private static readonly (string Member, string[] Values)[] Fitting =
    [
        ("name", ["\"traefik\""]), ("frontendPort", ["443", "8443"]), ("nodePort", ["30443"]), ("address", ["\"203.0.113.7\"", "null"]),
        ("node", ["\"node-1\"", "null"]), ("instance", ["\"6f1c\""]), ("action", ["\"add\""]), ("sendProxy", ["\"\"", "\"v1\"", "\"v2\""]),
        ("lease", ["600"]), ("weight", ["1", "256"]), ("bindAddress", ["\"127.0.0.2\"", "\"::\""]),
        ("check", ["{\"path\":\"/a?b=%20\",\"interval\":1}", "{\"kind\":\"none\"}", "{\"kind\":\"tcp\",\"fall\":1,\"rise\":9,\"timeout\":\"250ms\"}"]),
        ("balance", ["\"source\"", "\"leastconn\""]), ("sticky", ["600", "\"10m\"", "0"]), ("maxConnections", ["0", "7"]), ("drain", ["0", "\"1m\""]),
    ];

    private static readonly Gen<string> Text = Gen.Frequency(
        (6, Gen.Elements(Values)),
        (1, ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")));

    /// <summary>Requests in our format.</summary>
    internal static Arbitrary<string> Ours { get; } = Objects(OurMembers, Gen.Frequency(
        (3, Text.Select(Quote)),
        (3, Gen.Elements(Numbers)),
        (1, Checks())));

    /// <summary>Requests in the incumbent's format.</summary>
    internal static Arbitrary<string> Incumbents { get; } = Objects(IncumbentMembers, Text.Select(Quote));

    /// <summary>Requests in our format that are whole but for one member, which may be anything.</summary>
    internal static Arbitrary<string> OursWithOneOddMember { get; } = Arb.From(
        from fitting in Fitting.Select(pair => Gen.Elements(pair.Values).Select(value => (pair.Member, value))).Aggregate(
            Gen.Constant<List<(string, string)>>([]), (all, one) => from list in all from member in one select (List<(string, string)>)[.. list, member])
        from left in Gen.SubListOf(fitting.AsEnumerable())
        from odd in Gen.Elements(OurMembers)
        from value in Gen.Frequency((4, Text.Select(Quote)), (2, Gen.Elements(Numbers)), (2, Checks()))
        select Write([.. left.Concat(fitting.Take(3)).DistinctBy(member => member.Item1).Where(member => member.Item1 != odd), (odd, value)]),
        Shrink);

    private static Gen<string> Checks() =>
        from members in (
            from name in Gen.Elements(CheckMembers)
            from value in Gen.OneOf(Text.Select(Quote), Gen.Elements(Numbers))
            select (name, value)).ListOf()
        select Write([.. members]);

    private static Arbitrary<string> Objects(string[] members, Gen<string> value)
    {
        var member = from name in Gen.Elements(members) from v in value select (name, v);
        var whole = from values in value.ListOf(members.Length) select members.Zip(values, (name, v) => (name, v)).ToList();
        var generated = Gen.OneOf(whole, member.ListOf().Select(list => list.ToList()));
        return Arb.From(generated.Select(Write), Shrink);
    }

    private static string Write(List<(string Name, string Value)> members) =>
        "{" + string.Join(',', members.Select(m => $"\"{m.Name}\":{m.Value}")) + "}";

    private static IEnumerable<string> Shrink(string json)
    {
        using var document = JsonDocument.Parse(json);
        var members = document.RootElement.EnumerateObject().Select(m => (m.Name, m.Value.GetRawText())).ToList();
        for (var i = 0; i < members.Count; i++)
        {
            yield return Write([.. members.Where((_, at) => at != i)]);
        }
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text.Replace('\ud800', ' '));
}
