using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Contract;

public sealed partial class MappingValidatorProperties
{
    private static readonly CallOrigin Origin = new() { Owner = "o", Address = IPAddress.Parse("203.0.113.9") };

    private static readonly string[] OurMembers =
        ["name", "frontendPort", "nodePort", "address", "node", "instance", "action", "sendProxy", "lease", "other"];

    private static readonly string[] IncumbentMembers =
        ["name", "frontend-port", "backend-port", "dst-ip", "action", "send-proxy", "other"];

    // What attackers wrote, and what is just right or just wrong: random text alone would seldom be accepted.
    private static readonly string[] Values =
    [
        "a", "traefik", "443", "08443", "+7001", "7e3", "7000-7010", "30443", "65535", "65536", "203.0.113.7", "2001:db8::1",
        "::ffff:127.0.0.2", "127.2", "add", "delete", "v1", "v2", "send-proxy", "", " ", "node-1", "\n", "\0", "a\nglobal",
        "127.0.0.5:30844 #", "x -rf /", "../../x", "*", "%[env(HOME)]", "${X}", "\"", "'", "\\", "#", "\u0085", "\ud83d\ude00",
    ];

    [Fact]
    public void Any_bytes_give_a_command_or_problems_and_never_an_exception() =>
        Laws.Check(HostileText.Bytes, bytes => HoldsFor(bytes, RequestFormat.PhoneHome) && HoldsFor(bytes, RequestFormat.Incumbent));

    [Fact]
    public void Any_text_in_any_member_of_the_incumbents_format_gives_a_command_of_harmless_characters_or_problems() =>
        Laws.Check(
            Objects(IncumbentMembers, asText: true), json => HoldsFor(Encoding.UTF8.GetBytes(json), RequestFormat.Incumbent), 5_000);

    [Fact]
    public void Any_text_or_number_in_any_member_of_our_format_gives_a_command_of_harmless_characters_or_problems() =>
        Laws.Check(
            Objects(OurMembers, asText: false), json => HoldsFor(Encoding.UTF8.GetBytes(json), RequestFormat.PhoneHome), 5_000);

    [Fact]
    public void A_valid_command_written_as_a_request_is_read_as_the_same_command() =>
        Laws.Check(Arb.From(Requests(), _ => []), request =>
        {
            var first = MappingValidator.Validate(request, Origin).Command;
            var json = JsonSerializer.SerializeToUtf8Bytes(request, PhoneHomeJsonContext.Default.PhoneHomeRequest);
            var second = MappingValidator.Validate(json, RequestFormat.PhoneHome, Origin).Command;
            Assert.NotNull(first);
            Assert.Equal(first, second);
        });

    [Fact]
    public void Both_formats_of_one_call_give_the_same_command() =>
        Laws.Check(Arb.From(Requests(), _ => []), request =>
        {
            var ours = request with { Node = null, Instance = null, Lease = null, Address = request.Address ?? "203.0.113.9" };
            var theirs = new IncumbentRequest
            {
                Address = ours.Address,
                FrontendPort = $"{ours.FrontendPort}",
                NodePort = $"{ours.NodePort}",
                Action = ours.Action ?? "add",
                Name = ours.Name,
                SendProxy = ours.SendProxy,
            };
            var json = JsonSerializer.SerializeToUtf8Bytes(theirs, PhoneHomeJsonContext.Default.IncumbentRequest);
            var expected = MappingValidator.Validate(ours, Origin).Command;
            Assert.NotNull(expected);
            Assert.Equal(expected, MappingValidator.Validate(json, RequestFormat.Incumbent, Origin).Command);
        });

    private static bool HoldsFor(byte[] json, RequestFormat format)
    {
        var validation = MappingValidator.Validate(json, format, Origin);
        if (validation.Command is not { } command)
        {
            return validation.Problems.Count is > 0 and <= PhoneHomeLimits.MaxProblems;
        }

        return validation.Problems.Count == 0
            && Name().IsMatch(command.Name)
            && (command.Node is null || Node().IsMatch(command.Node))
            && (command.Instance is null || Instance().IsMatch(command.Instance))
            && command.FrontendPort is >= 1 and <= 65535
            && (command.NodePort is >= 1 and <= 65535 || (command.NodePort == 0 && command.Action == MappingAction.Delete))
            && !command.Address.IsIPv4MappedToIPv6
            && command.Lease is null or { TotalSeconds: >= 10 and <= 604800 };
    }

    private static Arbitrary<string> Objects(string[] members, bool asText)
    {
        var text = Gen.Frequency(
            (6, Gen.Elements(Values)),
            (1, ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")));
        var value = asText
            ? text.Select(Quote)
            : Gen.Frequency(
                (3, text.Select(Quote)),
                (3, Gen.Elements("443", "30443", "0", "-1", "70000", "7e3", "1.5", "600", "99999999999", "null", "true", "[]", "{}")));
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

    private static Gen<PhoneHomeRequest> Requests() =>
        from name in Gen.Elements("a", "traefik", "unifi-adoption", "A_1.b-c", new string('x', 63))
        from frontend in Gen.Choose(1, 65535)
        from node in Gen.Choose(1, 65535)
        from address in Gen.Elements(null, "203.0.113.7", "2001:db8::7", "::ffff:203.0.113.7")
        from nodeName in Gen.Elements(null, "node-1", "a:b.c_d")
        from instance in Gen.Elements(null, "6f1c", new string('i', 128))
        from action in Gen.Elements(null, "add")
        from sendProxy in Gen.Elements(null, "v1", "v2")
        from lease in Gen.Elements<int?>(null, 10, 600, 604800)
        select new PhoneHomeRequest
        {
            Name = name,
            FrontendPort = frontend,
            NodePort = node,
            Address = address,
            Node = nodeName,
            Instance = instance,
            Action = action,
            SendProxy = sendProxy,
            Lease = lease,
        };

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,62}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]{1,253}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Node();

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]{1,128}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Instance();
}
