using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Contract;

public sealed partial class MappingValidatorProperties
{
    private static readonly CallOrigin Origin = new() { Owner = "o", Address = IPAddress.Parse("203.0.113.9") };

    [Fact]
    public void Any_bytes_give_a_command_or_problems_and_never_an_exception() =>
        Laws.Check(HostileText.Bytes, bytes => HoldsFor(bytes, RequestFormat.PhoneHome) && HoldsFor(bytes, RequestFormat.Incumbent));

    [Fact]
    public void Any_text_in_any_member_of_the_incumbents_format_gives_a_command_of_harmless_characters_or_problems() =>
        Laws.Check(
            HostileRequests.Incumbents, json => HoldsFor(Encoding.UTF8.GetBytes(json), RequestFormat.Incumbent), 5_000);

    [Fact]
    public void Any_text_or_number_in_any_member_of_our_format_gives_a_command_of_harmless_characters_or_problems() =>
        Laws.Check(
            HostileRequests.Ours, json => HoldsFor(Encoding.UTF8.GetBytes(json), RequestFormat.PhoneHome), 5_000);

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
            var ours = new PhoneHomeRequest
            {
                Name = request.Name,
                FrontendPort = request.FrontendPort,
                NodePort = request.NodePort,
                Address = request.Address ?? "203.0.113.9",
                Action = request.Action,
                SendProxy = request.SendProxy,
            };
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
            return validation.Problems.Count is > 0 and <= PhoneHomeLimits.MaxProblems && validation.Problems.All(problem => problem.Field.Length <= 64);
        }

        return validation.Problems.Count == 0
            && Name().IsMatch(command.Name)
            && (command.Node is null || Node().IsMatch(command.Node))
            && (command.Instance is null || Instance().IsMatch(command.Instance))
            && command.FrontendPort is >= 1 and <= 65535
            && (command.NodePort is >= 1 and <= 65535 || (command.NodePort == 0 && command.Action == MappingAction.Delete))
            && !command.Address.IsIPv4MappedToIPv6
            && command.Lease is null or { TotalSeconds: >= 10 and <= 604800 }
            && command.Weight is null or (>= 1 and <= 256)
            && (format == RequestFormat.PhoneHome || (command.Weight, command.Settings) == (null, MappingSettings.Default))
            && HoldsFor(command.Settings);
    }

    private static bool HoldsFor(MappingSettings settings) =>
        settings.BindAddress is null or { IsIPv4MappedToIPv6: false, ScopeId: 0 } or { AddressFamily: AddressFamily.InterNetwork }
        && settings.Balance is null or (>= BalanceMethod.RoundRobin and <= BalanceMethod.Source)
        && IsWithin(settings.Stickiness, 0, 604_800) && settings.Stickiness is not { TotalMilliseconds: > 0 and < 1000 }
        && IsWithin(settings.DrainTime, 0, 3_600)
        && settings.MaxConnections is null or (>= 0 and <= 1_000_000)
        && (settings.Check is not { } check || HoldsFor(check));

    private static bool HoldsFor(NodeCheck check) =>
        check.Kind is >= HealthCheckKind.Tcp and <= HealthCheckKind.None
        && (check.Path is null || (check.Kind == HealthCheckKind.Http && CheckPath().IsMatch(check.Path)))
        && IsWithin(check.Interval, 0.1, 3_600)
        && IsWithin(check.Timeout, 0.1, 3_600)
        && check.Fall is null or (>= 1 and <= 100)
        && check.Rise is null or (>= 1 and <= 100);

    private static bool IsWithin(TimeSpan? time, double least, double most) =>
        time is not { } value || (value.TotalSeconds >= least && value.TotalSeconds <= most && value.Ticks % TimeSpan.TicksPerMillisecond == 0);

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
        from weight in Gen.Elements<int?>(null, 1, 100, 256)
        from bind in Gen.Elements(null, "0.0.0.0", "::", "203.0.113.10", "::ffff:203.0.113.10")
        from check in Gen.Elements(
            null, new PhoneHomeCheck(), new PhoneHomeCheck { Kind = "none" }, new PhoneHomeCheck { Path = "/a?b=c", Interval = "100ms", Timeout = "1h", Fall = 1, Rise = 100 })
        from balance in Gen.Elements(null, "roundrobin", "leastconn", "random", "source")
        from sticky in Gen.Elements(null, "0", "1", "10m", "7d")
        from most in Gen.Elements<int?>(null, 0, 1, 1_000_000)
        from drain in Gen.Elements(null, "0", "250ms", "1h")
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
            Weight = weight,
            BindAddress = bind,
            Check = check,
            Balance = balance,
            Sticky = sticky,
            MaxConnections = most,
            Drain = drain,
        };

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,62}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]{1,253}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Node();

    [GeneratedRegex(@"\A/[A-Za-z0-9/._~?=&%+:,@-]{0,254}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex CheckPath();

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]{1,128}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Instance();
}
