using System.Diagnostics;
using System.Globalization;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

/// <summary>Signed calls (rule 21) on a real Kestrel, also by the shell script that the samples have.</summary>
public sealed class SignedCallTests
{
    private const string Origin = "https://lb.example.org:9000";
    private const string Body = """{"name":"traefik","frontendPort":8443,"nodePort":30443,"address":"203.0.113.7","node":"node-1"}""";

    private static readonly (string, string?)[] Settings =
        [("PhoneHome:Signatures:Origins:0", Origin), ("PhoneHome:Tokens:0:RequireSignature", "true")];

    [Fact]
    public async Task A_signed_call_is_taken_and_tells_when_it_was_signed()
    {
        await using var host = await WebhookHost.StartAsync(Settings);
        var call = new Call();

        using var response = await SendAsync(host, call);

        await response.ReadSuccessAsync();
        var command = Assert.Single(host.PhoneHome.Commands);
        Assert.Equal(("cluster-a", "node-1", call.At), (command.Owner, command.Node, command.SignedAt?.ToUnixTimeMilliseconds()));
    }

    [Fact]
    public async Task A_call_that_is_sent_again_is_refused_and_one_that_is_signed_again_is_taken()
    {
        await using var host = await WebhookHost.StartAsync(Settings);
        var call = new Call();

        Assert.Equal(200, await StatusAsync(host, call));
        using var replayed = await SendAsync(host, call);
        await replayed.ReadProblemAsync(401, ProblemTypes.Replayed);
        Assert.Equal(401, await StatusAsync(host, call with { At = call.At - 1 }));
        Assert.Equal(200, await StatusAsync(host, call with { At = call.At + 1 }));
        Assert.Equal(2, host.PhoneHome.Commands.Count);
    }

    [Fact]
    public async Task A_call_in_which_anything_was_altered_on_its_way_is_refused()
    {
        await using var host = await WebhookHost.StartAsync(Settings);
        var call = new Call();
        Call[] altered =
        [
            call with { SentBody = Body.Replace("203.0.113.7", "203.0.113.8") },
            call with { SentBody = Body.Replace("node-1", "node-2"), SentNode = "node-2" },
            call with { SentNode = "node-2" },
            call with { SentNode = null },
            call with { SentPath = WebhookHost.Ours + "?dry-run=false" },
            call with { SentPath = WebhookHost.Incumbents },
            call with { SentAt = call.At + 1 },
            call with { SentId = "cluster-b" },
            call with { SentId = "unknown" },
            call with { Origin = "http://lb.example.org:9000" },
            call with { Origin = "https://lb2.example.org:9000" },
        ];

        foreach (var one in altered)
        {
            using var response = await SendAsync(host, one);
            Assert.Contains((int)response.StatusCode, new[] { 401, 429 });
        }

        Assert.Empty(host.PhoneHome.Commands);
        Assert.Equal(200, await StatusAsync(host, call));
    }

    /// <summary>What kept a signature from fitting is told to nobody; where to look for it is.</summary>
    [Fact]
    public async Task A_signature_that_does_not_fit_is_told_where_to_look_and_alike_whatever_is_wrong()
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("a-token-of-which-the-hash-is-known"u8));
        await using var host = await WebhookHost.StartAsync(
            [.. Settings, ("PhoneHome:Tokens:2:Id", "hashed"), ("PhoneHome:Tokens:2:Sha256", hash)]);
        var call = new Call();
        Call[] wrong =
        [
            call with { SentId = "unknown" },
            call with { SentId = "cluster-b" },
            call with { SentId = "hashed" },
            call with { Origin = "https://lb2.example.org:9000" },
            call with { SentBody = Body.Replace("203.0.113.7", "203.0.113.8") },
            call with { SentNode = "node-2" },
            call with { SentAt = call.At + 1 },
        ];
        var answers = new List<string>();
        foreach (var one in wrong)
        {
            using var response = await SendAsync(host, one);
            var problem = await response.ReadProblemAsync(401, ProblemTypes.Unauthorized);
            Assert.All(
                ["id", "secret", "Sha256", "PhoneHome:Signatures:Origins", "what was signed"], word => Assert.Contains(word, problem.Detail));
            Assert.DoesNotContain("Bearer", problem.Detail);
            answers.Add(await response.Content.ReadAsStringAsync());
        }

        Assert.Single(answers.Distinct());

        // A token that nobody has signed with is told how to present one, as before.
        using var plain = await host.PostOursAsync(WebhookHost.OurBody, "wrong");
        Assert.Contains("Authorization: Bearer", (await plain.ReadProblemAsync(401, ProblemTypes.Unauthorized)).Detail);
    }

    [Fact]
    public async Task A_body_of_another_node_than_the_signed_one_is_400_and_names_the_member()
    {
        await using var host = await WebhookHost.StartAsync(Settings);

        using var response = await SendAsync(host, new Call { Node = "node-2" });

        var problem = await response.ReadProblemAsync(400, ProblemTypes.InvalidField);
        Assert.Equal("node", Assert.Single(problem.Errors!).Field);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task A_signature_of_long_ago_is_401_and_says_what_the_clocks_say()
    {
        await using var host = await WebhookHost.StartAsync(Settings);
        var now = TimeProvider.System.GetUtcNow();

        foreach (var at in new[] { now.AddMinutes(-6), now.AddMinutes(6) })
        {
            using var response = await SendAsync(host, new Call { At = at.ToUnixTimeMilliseconds() });
            Assert.Contains("the clock here says", (await response.ReadProblemAsync(401, ProblemTypes.Unauthorized)).Detail);
        }

        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task A_signature_that_does_not_fit_is_not_helped_by_a_valid_token_beside_it()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Signatures:Origins:0", Origin));
        using var request = new Call { SentNode = "node-2" }.ToRequest();
        WebhookHost.Present(request, WebhookHost.Token, asIncumbent: false);

        using var response = await host.Client.SendAsync(request);

        await response.ReadProblemAsync(401, ProblemTypes.Unauthorized);
    }

    [Fact]
    public async Task A_call_in_the_incumbents_format_can_be_signed_too()
    {
        await using var host = await WebhookHost.StartAsync(Settings);

        Assert.Equal(200, await StatusAsync(
            host, new Call { Path = WebhookHost.Incumbents, Node = null, Body = WebhookHost.IncumbentBody }));
        Assert.Equal(401, await PlainAsync(host, WebhookHost.Token));
        Assert.Equal(200, await PlainAsync(host, WebhookHost.OtherToken));
    }

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("/bin/bash")]
    public async Task The_script_of_the_samples_makes_a_signed_call_with_openssl(string shell)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("token", WebhookHost.Token + "\n");
        var port = Ports.Take();
        await using var own = await WebhookHost.StartAsync(
            Settings[1], ("PhoneHome:Server:Listen", $"127.0.0.1:{port}"), ("PhoneHome:Signatures:Origins:0", $"http://127.0.0.1:{port}"));
        var plain = await RunAsync(shell, $"http://127.0.0.1:{port}", ("WEBHOOK_TOKEN", WebhookHost.Token));
        Assert.True(plain.ExitCode == 0, plain.Output);
        Assert.Contains("\"outcome\":\"created\"", plain.Output);
        var fromFile = await RunAsync(shell, $"http://127.0.0.1:{port}/", ("WEBHOOK_TOKEN_FILE", file));
        Assert.True(fromFile.ExitCode == 0, fromFile.Output);
        var wrong = await RunAsync(shell, $"http://127.0.0.1:{port}", ("WEBHOOK_TOKEN", "wrong-token-of-nobody"));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("401", wrong.Output);
        var otherName = await RunAsync(shell, $"http://localhost:{port}", ("WEBHOOK_TOKEN", WebhookHost.Token));
        Assert.Equal(1, otherName.ExitCode);
        Assert.Contains("401", otherName.Output);
        var unreachable = await RunAsync(shell, $"http://127.0.0.1:{Ports.Take()}", ("WEBHOOK_TOKEN", WebhookHost.Token));
        Assert.Equal(1, unreachable.ExitCode);
        Assert.Contains("curl", unreachable.Output);
        Assert.Equal(2, (await RunAsync(shell, $"http://127.0.0.1:{port}")).ExitCode);
        Assert.All(own.PhoneHome.Commands, command => Assert.Equal("node-1", command.Node));
        Assert.Equal(2, own.PhoneHome.Commands.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/hooks/update-haproxy")]
    public async Task The_sidecar_signs_each_call_and_its_goodbye_and_without_the_id_of_its_token_is_refused(string path)
    {
        var port = Ports.Take();
        await using var host = await WebhookHost.StartAsync(
            Settings[1], ("PhoneHome:Server:Listen", $"127.0.0.1:{port}"), ("PhoneHome:Signatures:Origins:0", $"http://127.0.0.1:{port}"));
        (string, string?)[] pod =
        [
            ("WEBHOOK", $"http://127.0.0.1:{port}{path}"), ("WEBHOOK_TOKEN", WebhookHost.Token), ("FRONTEND_PORT", "8443"), ("BACKEND_PORT", "30443"),
            ("NAME", "traefik"), ("NODE_ADDRESS", "203.0.113.7"), ("NODE_NAME", "node-1"), ("REPEAT_INTERVAL", "1"),
        ];
        using (var unsigned = Sidecar(host, [.. pod, ("REPEAT_INTERVAL", "once")]))
        {
            await unsigned.StartAsync();
            await unsigned.WaitForShutdownAsync().WaitAsync(Eventually.DefaultTimeout);
            Assert.Empty(host.PhoneHome.Commands);
        }

        using var sidecar = Sidecar(host, [.. pod, ("WEBHOOK_TOKEN_ID", "cluster-a")]);
        await sidecar.StartAsync();
        await Eventually.TrueAsync(() => host.PhoneHome.Commands.Count >= 3, "three calls");
        await sidecar.StopAsync();

        var commands = host.PhoneHome.Commands.ToList();
        Assert.Equal(path.Length == 0, commands[^1].Action == MappingAction.Delete);
        Assert.All(commands, command => Assert.Equal(path.Length == 0 ? "node-1" : null, command.Node));
        Assert.All(commands.Zip(commands.Skip(1)), pair => Assert.True(pair.First.SignedAt < pair.Second.SignedAt));
    }

    private static IHost Sidecar(WebhookHost webhook, IEnumerable<(string Name, string? Value)> environment)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (var (name, value) in environment)
        {
            builder.Configuration[name] = value;
        }

        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(webhook.Log);
        builder.Services.AddPhoneHomeCaller(builder.Configuration);
        return builder.Build();
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string shell, string webhook, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(shell, [Path.Combine(Repository.Root, "samples", "signed-call.sh"), Body, "node-1"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["WEBHOOK"] = webhook;
        start.Environment["WEBHOOK_TOKEN_ID"] = "cluster-a";
        Array.ForEach(environment, variable => start.Environment[variable.Name] = variable.Value);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output + await errors);
    }

    private static async Task<int> PlainAsync(WebhookHost host, string token)
    {
        using var response = await host.PostOursAsync(WebhookHost.OurBody, token);
        return (int)response.StatusCode;
    }

    private static async Task<int> StatusAsync(WebhookHost host, Call call)
    {
        using var response = await SendAsync(host, call);
        return (int)response.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(WebhookHost host, Call call)
    {
        using var request = call.ToRequest();
        return await host.Client.SendAsync(request);
    }

    /// <summary>A call as it was signed, and what of it was altered on its way.</summary>
    private sealed record Call
    {
        private readonly Dictionary<string, string?> altered = [];

        internal long At { get; init; } = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        internal string Origin { get; init; } = SignedCallTests.Origin;

        internal string Path { get; init; } = WebhookHost.Ours;

        internal string? Node { get; init; } = "node-1";

        internal string Body { get; init; } = SignedCallTests.Body;

        internal string SentBody { init => altered = new(altered) { ["body"] = value }; }

        internal string SentPath { init => altered = new(altered) { ["path"] = value }; }

        internal string SentId { init => altered = new(altered) { ["id"] = value }; }

        internal string? SentNode { init => altered = new(altered) { ["node"] = value }; }

        internal long SentAt { init => altered = new(altered) { ["at"] = Text(value) }; }

        internal HttpRequestMessage ToRequest()
        {
            var signature = RequestSignature.Sign(
                RequestSignature.KeyOf(WebhookHost.Token), new Uri(Origin), "POST", Path, Text(At), Node, System.Text.Encoding.UTF8.GetBytes(Body));
            var request = new HttpRequestMessage(HttpMethod.Post, Sent("path", Path))
            {
                Content = WebhookHost.Json(Sent("body", Body)!),
            };
            request.Headers.Add(PhoneHomeHeaders.TokenId, Sent("id", "cluster-a"));
            request.Headers.Add(PhoneHomeHeaders.Timestamp, Sent("at", Text(At)));
            request.Headers.Add(PhoneHomeHeaders.Signature, signature);
            if (Sent("node", Node) is { } node)
            {
                request.Headers.Add(PhoneHomeHeaders.Node, node);
            }

            return request;
        }

        private static string Text(long at) => at.ToString(CultureInfo.InvariantCulture);

        private string? Sent(string member, string? signed) => altered.TryGetValue(member, out var sent) ? sent : signed;
    }
}
