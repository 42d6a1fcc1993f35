using HaproxyKit.PhoneHome.Calling;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Calling;

public sealed class CallPlanTests
{
    [Fact]
    public async Task An_empty_environment_names_every_variable_that_is_missing()
    {
        await using var host = CallerHost.Make(
            null, ("WEBHOOK_TOKEN", null), ("FRONTEND_PORT", null), ("BACKEND_PORT", ""), ("NAME", null), ("REPEAT_INTERVAL", null));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);

        foreach (var variable in new[] { "WEBHOOK ", "WEBHOOK_TOKEN ", "FRONTEND_PORT ", "BACKEND_PORT ", "NAME " })
        {
            Assert.Contains(refusal.Failures, failure => failure.StartsWith(variable, StringComparison.Ordinal));
        }

        Assert.Equal(5, refusal.Failures.Count());
    }

    [Theory]
    [InlineData("WEBHOOK", "ftp://example.org/")]
    [InlineData("WEBHOOK", "example.org")]
    [InlineData("WEBHOOK", "/v1/phone-home")]
    [InlineData("WEBHOOK", "https://user:pass@example.org/")]
    [InlineData("WEBHOOK_TOKEN", "two words")]
    [InlineData("WEBHOOK_TOKEN", "line\nend")]
    [InlineData("WEBHOOK_TOKEN_FILE", "/nowhere/token")]
    [InlineData("WEBHOOK_CA_FILE", "/nowhere/ca.pem")]
    [InlineData("FRONTEND_PORT", "08443")]
    [InlineData("FRONTEND_PORT", "7000-7010")]
    [InlineData("BACKEND_PORT", "70000")]
    [InlineData("NAME", "a b")]
    [InlineData("SEND_PROXY", "maybe")]
    [InlineData("REPEAT_INTERVAL", "0")]
    [InlineData("REPEAT_INTERVAL", "twice")]
    [InlineData("REPEAT_INTERVAL", "-5")]
    [InlineData("REPEAT_INTERVAL", "1d")]
    [InlineData("REPEAT_INTERVAL", "86401")]
    [InlineData("REPEAT_INTERVAL", "2147483647h")]
    [InlineData("NODE_ADDRESS", "127.2")]
    [InlineData("NODE_ADDRESS", "node.example.org")]
    [InlineData("NODE_ADDRESS_FROM", "ip.example.org")]
    [InlineData("NODE_NAME", "a b")]
    [InlineData("POD_UID", "a/b")]
    [InlineData("WEBHOOK_TOKEN_ID", "a b")]
    [InlineData("WEIGHT", "0")]
    [InlineData("WEIGHT", "257")]
    [InlineData("WEIGHT", "1.5")]
    [InlineData("BIND_ADDRESS", "127.2")]
    [InlineData("CHECK", "udp")]
    [InlineData("CHECK_PATH", "ready")]
    [InlineData("CHECK_INTERVAL", "99ms")]
    [InlineData("CHECK_TIMEOUT", "61m")]
    [InlineData("CHECK_FALL", "0")]
    [InlineData("CHECK_RISE", "many")]
    [InlineData("BALANCE", "first")]
    [InlineData("STICKY", "8d")]
    [InlineData("MAX_CONNECTIONS", "-1")]
    [InlineData("DRAIN", "2h")]
    public void TryRead_a_malformed_variable_is_named_and_no_other(string variable, string value)
    {
        var problems = new List<string>();

        Assert.Null(CallPlan.TryRead(Options(variable, value), problems));

        Assert.Contains(variable, Assert.Single(problems));
        Assert.True(variable != "WEBHOOK_TOKEN" || !problems[0].Contains(value), problems[0]);
    }

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "WEBHOOK_CA_FILE cannot be used: ")]
    [InlineData("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "WEBHOOK_CA_FILE cannot be used: ")]
    [InlineData("not a certificate\n", "WEBHOOK_CA_FILE holds no certificate in PEM")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "WEBHOOK_CA_FILE holds no certificate in PEM")]
    [InlineData("", "WEBHOOK_CA_FILE holds no certificate in PEM")]
    public async Task A_CA_file_without_a_certificate_that_can_be_read_is_named_at_the_start(string text, string said)
    {
        using var folder = new TemporaryFolder();
        await using var host = CallerHost.Make("https://lb.example.org/", ("WEBHOOK_CA_FILE", folder.Write("ca.pem", text)));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);

        Assert.StartsWith(said, Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    /// <summary>A file that is there and cannot be read, whoever asks: nothing is mapped at the begin of a process's memory.</summary>
    [Fact]
    public async Task A_CA_file_that_cannot_be_read_is_named_at_the_start()
    {
        await using var host = CallerHost.Make("https://lb.example.org/", ("WEBHOOK_CA_FILE", "/proc/self/mem"));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);

        Assert.StartsWith("WEBHOOK_CA_FILE cannot be used: ", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_of_the_environment_are_said_in_calls_and_what_is_empty_is_not()
    {
        await using var webhook = await RecordingWebhook.StartAsync();
        await using var host = CallerHost.Make(
            webhook.Url, ("REPEAT_INTERVAL", "once"), ("WEIGHT", "7"), ("BIND_ADDRESS", "203.0.113.1"), ("CHECK_PATH", "/ready"), ("CHECK_INTERVAL", "5"),
            ("CHECK_FALL", "2"), ("BALANCE", "leastconn"), ("STICKY", "10m"), ("MAX_CONNECTIONS", "0"), ("DRAIN", ""));

        await host.RunAsync();

        Assert.EndsWith(
            """
            "weight":7,"bindAddress":"203.0.113.1","check":{"path":"/ready","interval":"5","fall":2},"balance":"leastconn","sticky":"10m","maxConnections":0}
            """,
            Assert.Single(webhook.Calls).Body);
    }

    [Fact]
    public void TryRead_the_incumbents_path_has_no_settings_and_each_is_named()
    {
        var options = Options("WEBHOOK", "http://lb.example.org:9000/hooks/update-haproxy");
        (options.NodeAddress, options.Balance, options.CheckPath) = ("203.0.113.7", "source", "/");
        var problems = new List<string>();

        Assert.Null(CallPlan.TryRead(options, problems));
        Assert.Equal(["CHECK_PATH", "BALANCE"], problems.Select(problem => problem.Split(' ')[0]));
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData("", 60)]
    [InlineData("5", 5)]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("24h", 86400)]
    public void TryRead_an_interval_is_read(string? text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), CallPlan.TryRead(Options("REPEAT_INTERVAL", text), [])?.Interval);

    [Fact]
    public void TryRead_the_incumbents_path_needs_an_address()
    {
        var options = Options("WEBHOOK", "http://lb.example.org:9000/hooks/update-haproxy");
        var problems = new List<string>();

        Assert.Null(CallPlan.TryRead(options, problems));
        Assert.StartsWith("NODE_ADDRESS is missing", Assert.Single(problems));
        options.NodeAddressFrom = "https://ip.example.org/";
        Assert.Equal(RequestFormat.Incumbent, CallPlan.TryRead(options, problems)?.Format);
    }

    [Theory]
    [InlineData("NODE_ADDRESS")]
    [InlineData("WEBHOOK_TOKEN")]
    public void TryRead_two_variables_for_one_thing_are_refused(string variable)
    {
        var options = Options("NODE_ADDRESS", variable == "NODE_ADDRESS" ? "203.0.113.7" : null);
        options.NodeAddressFrom = variable == "NODE_ADDRESS" ? "https://ip.example.org/" : null;
        options.TokenFile = variable == "WEBHOOK_TOKEN" ? "/etc/hosts" : null;
        var problems = new List<string>();

        Assert.Null(CallPlan.TryRead(options, problems));
        Assert.Contains("are both set", Assert.Single(problems));
    }

    [Fact]
    public async Task An_argument_that_is_no_action_is_refused()
    {
        await using var host = CallerHost.Make(["remove"], "http://lb.example.org/");

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);

        Assert.StartsWith("the argument must be add or delete", Assert.Single(refusal.Failures));
    }

    private static PhoneHomeCallerOptions Options(string variable, string? value)
    {
        string? Of(string name, string? otherwise) => name == variable ? value : otherwise;
        return new PhoneHomeCallerOptions
        {
            Webhook = Of("WEBHOOK", "https://lb.example.org:9000"),
            Token = Of("WEBHOOK_TOKEN", variable == "WEBHOOK_TOKEN_FILE" ? null : "a-token-of-the-pod"),
            TokenFile = Of("WEBHOOK_TOKEN_FILE", null),
            CaFile = Of("WEBHOOK_CA_FILE", null),
            FrontendPort = Of("FRONTEND_PORT", "443"),
            BackendPort = Of("BACKEND_PORT", "30443"),
            Name = Of("NAME", "traefik"),
            RepeatInterval = Of("REPEAT_INTERVAL", "60"),
            SendProxy = Of("SEND_PROXY", ""),
            NodeAddress = Of("NODE_ADDRESS", null),
            NodeAddressFrom = Of("NODE_ADDRESS_FROM", null),
            NodeName = Of("NODE_NAME", null),
            PodUid = Of("POD_UID", null),
            TokenId = Of("WEBHOOK_TOKEN_ID", null),
            Weight = Of("WEIGHT", null),
            BindAddress = Of("BIND_ADDRESS", null),
            Check = Of("CHECK", null),
            CheckPath = Of("CHECK_PATH", null),
            CheckInterval = Of("CHECK_INTERVAL", null),
            CheckTimeout = Of("CHECK_TIMEOUT", null),
            CheckFall = Of("CHECK_FALL", null),
            CheckRise = Of("CHECK_RISE", null),
            Balance = Of("BALANCE", null),
            Sticky = Of("STICKY", null),
            MaxConnections = Of("MAX_CONNECTIONS", null),
            Drain = Of("DRAIN", null),
        };
    }
}
