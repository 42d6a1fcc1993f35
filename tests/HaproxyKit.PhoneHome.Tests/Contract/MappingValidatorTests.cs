using System.Net;
using System.Text;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Tests.Contract;

public sealed class MappingValidatorTests
{
    private static readonly CallOrigin Origin = new() { Owner = "cluster-a", Address = IPAddress.Parse("203.0.113.9") };

    [Fact]
    public void Validate_our_format_whole_becomes_a_command()
    {
        var command = Accepted(
            RequestFormat.PhoneHome,
            """
            {"name":"traefik","frontendPort":443,"nodePort":30443,"address":"203.0.113.7","node":"node-1.example",
             "instance":"6f1c:a","action":"add","sendProxy":"v2","lease":600}
            """);

        Assert.Equal(
            new MappingCommand
            {
                Action = MappingAction.Add,
                Name = "traefik",
                FrontendPort = 443,
                NodePort = 30443,
                Address = IPAddress.Parse("203.0.113.7"),
                Node = "node-1.example",
                Instance = "6f1c:a",
                SendProxy = ProxyProtocol.V2,
                Lease = TimeSpan.FromMinutes(10),
                Owner = "cluster-a",
                CallerAddress = IPAddress.Parse("203.0.113.9"),
            },
            command);
    }

    [Fact]
    public void Validate_our_format_without_address_takes_the_callers()
    {
        var command = Accepted(RequestFormat.PhoneHome, """{"name":"a","frontendPort":443,"nodePort":30443}""");

        Assert.Equal(IPAddress.Parse("203.0.113.9"), command.Address);
        Assert.Equal(MappingAction.Add, command.Action);
        Assert.Null(command.Lease);
        Assert.Null(command.Node);
    }

    [Fact]
    public void Validate_without_address_from_an_unknown_caller_names_the_address()
    {
        var validation = MappingValidator.Validate(
            """{"name":"a","frontendPort":443,"nodePort":30443}"""u8, RequestFormat.PhoneHome, new CallOrigin { Owner = "o" });

        Assert.Equal("address", Assert.Single(validation.Problems).Field);
    }

    [Fact]
    public void Validate_callers_IPv4_mapped_address_becomes_IPv4()
    {
        var origin = new CallOrigin { Owner = "o", Address = IPAddress.Parse("::ffff:203.0.113.9") };

        var validation = MappingValidator.Validate(
            """{"name":"a","frontendPort":443,"nodePort":30443}"""u8, RequestFormat.PhoneHome, origin);

        Assert.Equal(IPAddress.Parse("203.0.113.9"), validation.Command?.Address);
    }

    [Fact]
    public void Validate_delete_in_our_format_needs_neither_address_nor_node_port()
    {
        var command = Accepted(
            RequestFormat.PhoneHome, """{"name":"a","frontendPort":443,"action":"delete","instance":"i"}""");

        Assert.Equal(MappingAction.Delete, command.Action);
        Assert.Equal(0, command.NodePort);
        Assert.Equal(IPAddress.None, command.Address);
    }

    [Fact]
    public void Validate_null_members_of_our_format_count_as_absent()
    {
        var command = Accepted(
            RequestFormat.PhoneHome,
            """{"name":"a","frontendPort":443,"nodePort":30443,"node":null,"lease":null,"address":null,"action":null}""");

        Assert.Null(command.Node);
        Assert.Equal(MappingAction.Add, command.Action);
    }

    [Theory]
    [InlineData("add", MappingAction.Add)]
    [InlineData("delete", MappingAction.Delete)]
    public void Validate_what_the_incumbents_client_sends_becomes_a_command(string action, MappingAction expected)
    {
        var command = Accepted(
            RequestFormat.Incumbent,
            $$"""
            {"dst-ip":"203.0.113.7","frontend-port":"8080","backend-port":"30808","action":"{{action}}","name":"unifi-adoption","send-proxy":""}
            """);

        Assert.Equal(
            new MappingCommand
            {
                Action = expected,
                Name = "unifi-adoption",
                FrontendPort = 8080,
                NodePort = 30808,
                Address = IPAddress.Parse("203.0.113.7"),
                Owner = "cluster-a",
                CallerAddress = IPAddress.Parse("203.0.113.9"),
            },
            command);
    }

    [Fact]
    public void Validate_the_incumbents_older_client_without_send_proxy_and_with_unknown_members_is_accepted()
    {
        var command = Accepted(
            RequestFormat.Incumbent,
            """
            {"dst-ip":"203.0.113.7","frontend-port":"8080","backend-port":"30808","action":"add","name":"a","x":{"y":[1]},"z":1}
            """);

        Assert.Equal(ProxyProtocol.None, command.SendProxy);
    }

    [Theory]
    [InlineData("", ProxyProtocol.None)]
    [InlineData("false", ProxyProtocol.None)]
    [InlineData("no", ProxyProtocol.None)]
    [InlineData("0", ProxyProtocol.None)]
    [InlineData("send-proxy", ProxyProtocol.V1)]
    [InlineData("v1", ProxyProtocol.V1)]
    [InlineData("true", ProxyProtocol.V1)]
    [InlineData("yes", ProxyProtocol.V1)]
    [InlineData("1", ProxyProtocol.V1)]
    [InlineData("send-proxy-v2", ProxyProtocol.V2)]
    [InlineData("v2", ProxyProtocol.V2)]
    public void Validate_incumbents_send_proxy_words_are_understood(string word, ProxyProtocol expected)
    {
        var request = new IncumbentRequest
        {
            Address = "203.0.113.7",
            FrontendPort = "8080",
            NodePort = "30808",
            Action = "add",
            Name = "a",
            SendProxy = word,
        };

        Assert.Equal(expected, MappingValidator.Validate(request, Origin).Command?.SendProxy);
    }

    [Fact]
    public void Validate_every_wrong_field_of_our_format_is_named_in_order()
    {
        var fields = Refused(
            RequestFormat.PhoneHome,
            """
            {"lease":5,"sendProxy":"v3","action":"remove","instance":"a b","node":"","address":"localhost","nodePort":0,
             "frontendPort":70000,"name":"-a","extra":1}
            """);

        Assert.Equal(
            ["name", "frontendPort", "nodePort", "address", "node", "instance", "action", "sendProxy", "lease", "extra"],
            fields);
    }

    [Fact]
    public void Validate_every_missing_field_of_the_incumbents_format_is_named_in_order() =>
        Assert.Equal(
            ["dst-ip", "frontend-port", "backend-port", "action", "name"], Refused(RequestFormat.Incumbent, "{}"));

    [Fact]
    public void Validate_wrong_kinds_and_wrong_values_are_named_together() =>
        Assert.Equal(
            ["dst-ip", "frontend-port", "backend-port", "name", "send-proxy"],
            Refused(
                RequestFormat.Incumbent,
                """{"dst-ip":"::1%lo","frontend-port":8080,"backend-port":null,"action":"add","name":{"a":1},"send-proxy":"x"}"""));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("{} {}")]
    [InlineData("{\"name\":\"a\",}")]
    [InlineData("{/* */}")]
    [InlineData("\ufeff{}")]
    [InlineData("{\"name\":[[[[[[[[[1]]]]]]]]]}")]
    public void Validate_what_is_no_JSON_object_is_refused_as_a_whole(string text)
    {
        Assert.Equal([""], Refused(RequestFormat.PhoneHome, text));
        Assert.Equal([""], Refused(RequestFormat.Incumbent, text));
    }

    [Fact]
    public void Validate_bytes_that_are_not_UTF8_are_refused_as_a_whole()
    {
        byte[] json = [.. "{\"name\":\""u8, 0xFF, .. "\"}"u8];

        Assert.Equal("", Assert.Single(MappingValidator.Validate(json, RequestFormat.PhoneHome, Origin).Problems).Field);
    }

    [Fact]
    public void Validate_a_lone_surrogate_is_refused_at_its_member() =>
        Assert.Equal(
            ["name"], Refused(RequestFormat.PhoneHome, """{"name":"\ud800","frontendPort":443,"nodePort":30443}"""));

    [Fact]
    public void Validate_a_member_that_stands_twice_is_named() =>
        Assert.Equal(
            ["frontendPort"],
            Refused(RequestFormat.PhoneHome, """{"name":"a","frontendPort":443,"nodePort":30443,"frontendPort":22}"""));

    [Fact]
    public void Validate_a_thousand_unknown_members_give_a_bounded_answer()
    {
        var text = "{" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"{new string('x', 100)}{i}\":1")) + "}";

        var validation = MappingValidator.Validate(Encoding.UTF8.GetBytes(text), RequestFormat.PhoneHome, Origin);

        Assert.InRange(validation.Problems.Count, 1, PhoneHomeLimits.MaxProblems);
        Assert.All(validation.Problems, problem => Assert.InRange(problem.Field.Length, 0, 64));
    }

    [Theory]
    [InlineData("7e3")]
    [InlineData("7001.5")]
    [InlineData("8443.0")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("99999999999")]
    [InlineData("\"443\"")]
    [InlineData("true")]
    [InlineData("[443]")]
    public void Validate_a_port_that_is_no_plain_number_is_named(string json) =>
        Assert.Equal(
            ["frontendPort"],
            Refused(RequestFormat.PhoneHome, $$"""{"name":"a","frontendPort":{{json}},"nodePort":30443}"""));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:127.0.0.2", "127.0.0.2")]
    public void Validate_a_canonical_address_is_read(string text, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), WithAddress(text).Command?.Address);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("127.2")]
    [InlineData("2130706434")]
    [InlineData("0x7f000002")]
    [InlineData("0177.0.0.2")]
    [InlineData("203.0.113.007")]
    [InlineData("203.0.113.7 ")]
    [InlineData(" 203.0.113.7")]
    [InlineData("203.0.113.7:80")]
    [InlineData("999.1.1.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("::1%lo")]
    [InlineData("fe80::1%1")]
    [InlineData("2001:DB8::7")]
    [InlineData("2001:db8:0:0::7")]
    [InlineData("2001:db8::0007")]
    [InlineData("::ffff:cb00:7107")]
    [InlineData("/x.sock")]
    [InlineData("fd@3")]
    [InlineData("unix@/x.sock")]
    [InlineData("127.0.0.5:30844 #")]
    [InlineData("127.0.0.5 check\n server s2")]
    [InlineData("203.0.113.7\n")]
    [InlineData("203.0.113.7\0")]
    [InlineData("٢٠٣.٠.١١٣.٧")]
    public void Validate_an_address_in_another_form_is_named(string text) =>
        Assert.Equal("address", Assert.Single(WithAddress(text).Problems).Field);

    [Fact]
    public void Validate_an_address_that_is_only_written_otherwise_hints_at_the_canonical_form() =>
        Assert.Equal("write it as 2001:db8::7", Assert.Single(WithAddress("2001:DB8:0:0::7").Problems).Hint);

    [Theory]
    [InlineData("a", true)]
    [InlineData("0", true)]
    [InlineData("unifi-adoption_1.x", true)]
    [InlineData("-a", false)]
    [InlineData(".a", false)]
    [InlineData("a b", false)]
    [InlineData("a;b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\r", false)]
    [InlineData("é", false)]
    [InlineData("$(x)", false)]
    [InlineData("`x`", false)]
    [InlineData("a\0", false)]
    [InlineData("a/b", false)]
    [InlineData("", false)]
    public void Validate_a_name_is_held_to_its_characters(string name, bool isValid)
    {
        var request = new PhoneHomeRequest { Name = name, FrontendPort = 443, NodePort = 30443 };

        Assert.Equal(isValid, MappingValidator.Validate(request, Origin).IsValid);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(3000, false)]
    public void Validate_a_name_is_held_to_its_length(int length, bool isValid)
    {
        var request = new PhoneHomeRequest { Name = new string('a', length), FrontendPort = 443, NodePort = 30443 };

        Assert.Equal(isValid, MappingValidator.Validate(request, Origin).IsValid);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(604800, true)]
    [InlineData(604801, false)]
    [InlineData(-1, false)]
    public void Validate_a_lease_is_held_to_its_bounds(int seconds, bool isValid)
    {
        var request = new PhoneHomeRequest { Name = "a", FrontendPort = 443, NodePort = 30443, Lease = seconds };

        Assert.Equal(isValid, MappingValidator.Validate(request, Origin).IsValid);
    }

    private static MappingValidation WithAddress(string text) => MappingValidator.Validate(
        new PhoneHomeRequest { Name = "a", FrontendPort = 443, NodePort = 30443, Address = text }, Origin);

    private static MappingCommand Accepted(RequestFormat format, string json)
    {
        var validation = MappingValidator.Validate(Encoding.UTF8.GetBytes(json), format, Origin);
        Assert.Empty(validation.Problems);
        return Assert.IsType<MappingCommand>(validation.Command);
    }

    private static IEnumerable<string> Refused(RequestFormat format, string json)
    {
        var validation = MappingValidator.Validate(Encoding.UTF8.GetBytes(json), format, Origin);
        Assert.Null(validation.Command);
        Assert.All(validation.Problems, problem => Assert.NotEmpty(problem.Message));
        return validation.Problems.Select(problem => problem.Field);
    }
}
