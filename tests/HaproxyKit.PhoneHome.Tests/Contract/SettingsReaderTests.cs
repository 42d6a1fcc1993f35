using System.Net;
using System.Text;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Tests.Contract;

/// <summary>What may be said of a mapping besides its nodes, member by member, as it stands in a call.</summary>
public sealed class SettingsReaderTests
{
    private static readonly CallOrigin Origin = new() { Owner = "o", Address = IPAddress.Parse("203.0.113.9") };

    [Fact]
    public void Read_everything_that_can_be_said_becomes_the_commands_settings()
    {
        var command = Judge("""
            "weight":256,"bindAddress":"::ffff:203.0.113.1","balance":"source","sticky":600,"maxConnections":5,"drain":"90s",
            "check":{"kind":"http","path":"/a?b=%20","interval":1,"timeout":"250ms","fall":2,"rise":1}
            """).Command;

        Assert.Equal(256, command?.Weight);
        Assert.Equal(
            new MappingSettings
            {
                BindAddress = IPAddress.Parse("203.0.113.1"),
                Balance = BalanceMethod.Source,
                Stickiness = TimeSpan.FromMinutes(10),
                MaxConnections = 5,
                DrainTime = TimeSpan.FromSeconds(90),
                Check = new NodeCheck
                {
                    Kind = HealthCheckKind.Http,
                    Path = "/a?b=%20",
                    Interval = TimeSpan.FromSeconds(1),
                    Timeout = TimeSpan.FromMilliseconds(250),
                    Fall = 2,
                    Rise = 1,
                },
            },
            command?.Settings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"weight\":null,\"bindAddress\":null,\"check\":null,\"balance\":null,\"sticky\":null,\"maxConnections\":null,\"drain\":null")]
    public void Read_nothing_or_null_says_nothing(string members) => Assert.Same(MappingSettings.Default, Judge(members).Command?.Settings);

    [Theory]
    [InlineData("{}", HealthCheckKind.Tcp)]
    [InlineData("{\"kind\":\"none\"}", HealthCheckKind.None)]
    [InlineData("{\"path\":\"/\"}", HealthCheckKind.Http)]
    [InlineData("{\"kind\":\"http\"}", HealthCheckKind.Http)]
    public void Read_a_check_with_a_path_is_one_by_http(string check, HealthCheckKind kind) =>
        Assert.Equal(kind, Judge($"\"check\":{check}").Command?.Settings.Check?.Kind);

    [Theory]
    [InlineData("weight", "0")]
    [InlineData("weight", "257")]
    [InlineData("weight", "\"7\"")]
    [InlineData("bindAddress", "\"*\"")]
    [InlineData("bindAddress", "\"127.2\"")]
    [InlineData("bindAddress", "\"fe80::1%eth0\"")]
    [InlineData("bindAddress", "\"203.0.113.1:443\"")]
    [InlineData("bindAddress", "\"203.0.113.1,203.0.113.2\"")]
    [InlineData("bindAddress", "\"\"")]
    [InlineData("balance", "\"first\"")]
    [InlineData("balance", "\"static-rr\"")]
    [InlineData("balance", "\"random(2)\"")]
    [InlineData("balance", "\"\"")]
    [InlineData("sticky", "\"999ms\"")]
    [InlineData("sticky", "604801")]
    [InlineData("sticky", "-1")]
    [InlineData("sticky", "1.5")]
    [InlineData("sticky", "\"10 m\"")]
    [InlineData("sticky", "\"1500us\"")]
    [InlineData("sticky", "\"1m peers x\"")]
    [InlineData("sticky", "[1]")]
    [InlineData("maxConnections", "-1")]
    [InlineData("maxConnections", "1000001")]
    [InlineData("drain", "3601")]
    [InlineData("drain", "\"\"")]
    [InlineData("check", "\"http\"")]
    [InlineData("check", "[]")]
    public void Read_a_member_that_is_wrong_is_named_and_no_other(string member, string value) => Assert.Equal([member], Refused($"\"{member}\":{value}"));

    [Theory]
    [InlineData("kind", "\"HTTP\"")]
    [InlineData("kind", "\"\"")]
    [InlineData("path", "\"ready\"")]
    [InlineData("path", "\"/a b\"")]
    [InlineData("path", "\"/a#b\"")]
    [InlineData("path", "\"/a\\nserver x\"")]
    [InlineData("path", "\"/${HOME}\"")]
    [InlineData("path", "\"/'\"")]
    [InlineData("interval", "\"99ms\"")]
    [InlineData("interval", "0")]
    [InlineData("timeout", "\"61m\"")]
    [InlineData("fall", "0")]
    [InlineData("rise", "101")]
    [InlineData("port", "80")]
    public void Read_a_member_of_a_check_that_is_wrong_is_named_and_no_other(string member, string value) =>
        Assert.Equal([$"check.{member}"], Refused($"\"check\":{{\"{member}\":{value}}}"));

    [Fact]
    public void Read_a_path_without_a_check_by_http_or_a_member_that_stands_twice_is_refused()
    {
        Assert.Equal(["check.path"], Refused("\"check\":{\"kind\":\"tcp\",\"path\":\"/\"}"));
        Assert.Equal(["check.fall"], Refused("\"check\":{\"fall\":1,\"fall\":1}"));
        Assert.Equal(["check"], Refused("\"check\":{},\"check\":{}"));
    }

    [Fact]
    public void Read_everything_wrong_at_once_names_everything_in_the_order_of_the_members() => Assert.Equal(
        ["weight", "bindAddress", "check.kind", "check.path", "check.interval", "check.timeout", "check.fall", "check.rise", "balance", "sticky", "maxConnections", "drain"],
        Refused("""
            "drain":"x","maxConnections":-1,"sticky":"x","balance":"x","bindAddress":"x","weight":0,
            "check":{"rise":0,"fall":0,"timeout":"x","interval":"x","path":"x","kind":"x"}
            """));

    [Fact]
    public void Read_the_incumbents_format_ignores_them()
    {
        var judged = MappingValidator.Validate(
            """
            {"dst-ip":"203.0.113.7","frontend-port":"8080","backend-port":"30808","action":"add","name":"a","weight":0,"check":{"kind":"x"},"sticky":"x","balance":1}
            """u8,
            RequestFormat.Incumbent,
            Origin);

        Assert.Equal((null, MappingSettings.Default), (judged.Command?.Weight, judged.Command?.Settings));
    }

    private static IEnumerable<string> Refused(string members)
    {
        var judged = Judge(members);
        Assert.Null(judged.Command);
        return judged.Problems.Select(problem => problem.Field);
    }

    private static MappingValidation Judge(string members) => MappingValidator.Validate(
        Encoding.UTF8.GetBytes($$"""{"name":"a","frontendPort":443,"nodePort":30443{{(members.Length == 0 ? "" : ",")}}{{members}}}"""), RequestFormat.PhoneHome, Origin);
}
