using System.Net;
using System.Text.Json.Nodes;
using HaproxyKit.AspNetCore.Endpoints;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

public sealed class AuditLogTests
{
    [Fact]
    public async Task Each_change_accepted_or_refused_is_one_line_that_tells_who_what_and_how_it_ended_and_no_token()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("audit.log");
        await using (var host = await WebhookHost.StartAsync(("PhoneHome:Audit:File", file), ("PhoneHome:Tokens:0:Owner", "team")))
        {
            await SendAsync(host, WebhookHost.OurBody, WebhookHost.Token);
            host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(new MappingOutcome.Served { Change = MappingChange.Unchanged, Revision = "r1" });
            await SendAsync(host, WebhookHost.OurBody, WebhookHost.Token);
            host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(new MappingOutcome.Conflict { Reason = ConflictReason.Operator, Message = "taken" });
            await SendAsync(host, WebhookHost.OurBody, WebhookHost.OtherToken);
            await SendAsync(host, WebhookHost.OurBody, "wrong-" + WebhookHost.Token);
            // A token in the wrong place: as a name, as a member, behind a line break.
            await SendAsync(host, $$"""{"name":"{{WebhookHost.Token}}\n","{{WebhookHost.OtherToken}}":1}""", WebhookHost.Token);
            await SendAsync(host, WebhookHost.OurBody.Replace("30443", "22"), WebhookHost.Token);
            await SendAsync(host, WebhookHost.OurBody, WebhookHost.Token, "?dry-run=true");
            await Eventually.TrueAsync(() => File.ReadAllLines(file).Length >= 6, "the lines are in the file");
            Assert.Equal(File.ReadAllLines(file).Length, host.Log.Lines.Count(line => line.Contains("\"outcome\":", StringComparison.Ordinal)));
        }

        var text = await File.ReadAllTextAsync(file);
        Assert.DoesNotContain("planted-token", text);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal([200, 409, 401, 400, 403, 200], lines.Select(line => (int)line["status"]!));
        Assert.Equal(
            ("cluster-a", "team", "127.0.0.1", "add", "traefik", 8443, "203.0.113.7", "created", "r1"),
            ((string?)lines[0]["tokenId"], (string?)lines[0]["owner"], (string?)lines[0]["caller"], (string?)lines[0]["action"],
                (string?)lines[0]["name"], (int)lines[0]["frontendPort"]!, (string?)lines[0]["address"], (string?)lines[0]["outcome"], (string?)lines[0]["revision"]));
        Assert.Equal((ProblemTypes.Conflict, "cluster-b"), ((string?)lines[1]["outcome"], (string?)lines[1]["tokenId"]));
        Assert.Null(lines[2]["tokenId"]);
        Assert.Null(lines[3]["name"]);
        Assert.Equal(["name", "frontendPort", "nodePort", "(unknown)"], FieldsOf(lines[3]));
        Assert.Equal((1, "traefik", 8443), ((int)lines[4]["wrongFields"]!, (string?)lines[4]["name"], (int)lines[4]["frontendPort"]!));
        Assert.Equal(["nodePort"], FieldsOf(lines[4]));
        Assert.True((bool)lines[5]["dryRun"]!);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("""{"name":"traefik","frontendPort":8443,"nodePort":0,"address":"127.2"}""", "traefik", 8443, "nodePort address")]
    [InlineData("""{"name":"a b","frontendPort":8443,"nodePort":30443,"address":"203.0.113.7"}""", null, 8443, "name")]
    [InlineData("""{"name":"traefik","frontendPort":70000,"nodePort":30443,"address":"203.0.113.7","x y":1,"z":2}""", "traefik", null, "frontendPort (unknown)")]
    [InlineData("""{"name":"traefik","frontendPort":8443,"nodePort":30443,"address":"203.0.113.7","check":{"path":1,"x":1}}""", "traefik", 8443, "check.path (unknown)")]
    [InlineData($$"""{"name":"{{WebhookHost.OtherToken}}","frontendPort":8443}""", null, 8443, "nodePort")]
    [InlineData("[]", null, null, "(body)")]
    public async Task A_malformed_call_of_a_token_tells_which_members_were_wrong_and_which_mapping_was_meant(string body, string? name, int? port, string fields)
    {
        await using var host = await WebhookHost.StartAsync();

        await SendAsync(host, body, WebhookHost.Token);

        var line = LineOf(host);
        Assert.Equal((400, "cluster-a", name, port), ((int)line["status"]!, (string?)line["tokenId"], (string?)line["name"], (int?)line["frontendPort"]));
        Assert.Equal(fields.Split(' ').Order(), FieldsOf(line).Order());
        Assert.Null(line["reason"]);
    }

    [Fact]
    public async Task A_change_that_is_refused_tells_why()
    {
        var conflict = new MappingOutcome.Conflict { Reason = ConflictReason.Operator, Message = "frontend 'own' has the port " + new string('x', 1_000) };
        Assert.StartsWith("frontend 'own' has the port xx", await ReasonOfAsync(conflict), StringComparison.Ordinal);
        Assert.InRange((await ReasonOfAsync(conflict)).Length, 100, 310);
        Assert.StartsWith("HAProxy refuses the configuration", await ReasonOfAsync(new MappingOutcome.Refused { Diagnostics = [] }), StringComparison.Ordinal);
        Assert.Contains("nodePort is not allowed: the node ports are", await ReasonOfAsync(outcome: null), StringComparison.Ordinal);

        async Task<string> ReasonOfAsync(MappingOutcome? outcome)
        {
            await using var host = await WebhookHost.StartAsync();
            host.PhoneHome.Script = _ => Task.FromResult(outcome!);
            await SendAsync(host, outcome is null ? WebhookHost.OurBody.Replace("30443", "22") : WebhookHost.OurBody, WebhookHost.Token);
            return (string?)LineOf(host)["reason"] ?? "";
        }
    }

    /// <summary>Methods, types and sizes are judged before any token, so that nobody needs one to be refused for them.</summary>
    [Fact]
    public async Task Strangers_wash_nothing_away_and_what_they_tried_is_counted()
    {
        const int Tries = 1_500;
        using var folder = new TemporaryFolder();
        var file = folder.File("audit.log");
        await using (var host = await WebhookHost.StartAsync(("PhoneHome:Audit:File", file), ("PhoneHome:Audit:MaxBytes", "65536"), ("PhoneHome:Audit:MaxFiles", "1")))
        {
            await SendAsync(host, WebhookHost.OurBody, WebhookHost.Token);
            for (var i = 0; i < Tries; i += 3)
            {
                using var method = await host.SendAsync(HttpMethod.Put, WebhookHost.Ours, token: null, WebhookHost.OurBody);
                using var type = await host.SendAsync(HttpMethod.Post, WebhookHost.Incumbents, token: null);
                using var token = await host.PostOursAsync(WebhookHost.OurBody, "wrong");
            }

            await SendAsync(host, "{}", WebhookHost.Token);
            Assert.InRange(host.Log.Lines.Count(line => line.Contains("Refused with", StringComparison.Ordinal)), 2, 3 * StrangerLines.PerSource);
        }

        Assert.Equal(["audit.log"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        var lines = (await File.ReadAllLinesAsync(file)).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal("created", (string?)lines[0]["outcome"]);
        Assert.Single(lines, line => (int?)line["status"] == 400);
        var strangers = lines.Count(line => line["tokenId"] is null && line["status"] is not null);
        Assert.InRange(strangers, 1, 3 * StrangerLines.PerSource);
        Assert.Equal(Tries - strangers, lines.Sum(line => (long?)line["suppressed"] ?? 0));
        Assert.All(lines.Where(line => line["suppressed"] is not null), line => Assert.Equal("suppressed", (string?)line["outcome"]));
    }

    [Fact]
    public void Strangers_have_lines_again_after_a_while_and_many_of_them_not_many_more_than_one()
    {
        var time = new SteppedClock();
        var lines = new StrangerLines(time);

        Assert.Equal(StrangerLines.PerSource, Enumerable.Range(0, 100).Count(_ => lines.Take(IPAddress.Loopback)));
        Assert.Equal(
            StrangerLines.InAll - StrangerLines.PerSource,
            Enumerable.Range(0, 1_000).Count(i => lines.Take(new IPAddress([10, 0, (byte)(i / 250), (byte)(i % 250)]))));
        Assert.False(lines.Take(null));
        time.Step(TimeSpan.FromMinutes(2));
        Assert.True(lines.Take(IPAddress.Loopback));
    }

    [Fact]
    public async Task What_strangers_tried_is_summed_up_once_in_a_while()
    {
        var (time, log) = (new HeldTimer(), new CapturedLog());
        using var audit = new AuditLog(Options.Create(new AuditOptions()), time, new LoggerFactory([log]).CreateLogger<AuditLog>());
        await audit.StartAsync(CancellationToken.None);
        for (var i = 0; i < 100; i++)
        {
            audit.AddStranger(IPAddress.Loopback, Problems.UnsupportedMediaType);
        }

        time.Elapse();
        time.Elapse();
        await audit.StopAsync(CancellationToken.None);

        Assert.Equal(StrangerLines.PerSource, log.Lines.Count(line => line.Contains(ProblemTypes.UnsupportedMediaType, StringComparison.Ordinal)));
        Assert.Contains($"\"suppressed\":{100 - StrangerLines.PerSource}", Assert.Single(log.Lines, line => line.Contains("suppressed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Work_that_ends_after_its_answer_is_a_line_of_its_own()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Endpoints:AnswerTimeout", "00:00:01"));
        var work = new TaskCompletionSource<MappingOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.PhoneHome.Script = _ => work.Task;
        await SendAsync(host, WebhookHost.OurBody, WebhookHost.Token);

        work.SetResult(new MappingOutcome.Served { Change = MappingChange.Created, Revision = "r7" });

        await Eventually.TrueAsync(
            () => host.Log.Lines.Any(line => line.Contains("\"late\":true", StringComparison.Ordinal) && line.Contains("r7", StringComparison.Ordinal)),
            "the late end is written up");
    }

    [Fact]
    public void A_file_that_has_grown_is_put_aside_and_the_oldest_goes()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("audit.log");
        var file = new AuditFile(path, maxBytes: 100, maxFiles: 2);
        var line = new byte[40];

        for (var i = 0; i < 50; i++)
        {
            file.Append([line, line]);
            Assert.All(Directory.GetFiles(folder.Path), name => Assert.InRange(new FileInfo(name).Length, 1, 100));
        }

        Assert.Equal(["audit.log", "audit.log.1", "audit.log.2"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_ends_the_start_with_the_reason()
    {
        using var folder = new TemporaryFolder();

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WebhookHost.StartAsync(("PhoneHome:Audit:File", folder.File("absent/audit.log"))));

        Assert.Contains("PhoneHome:Audit:File", refusal.Message);
    }

    [Fact]
    public async Task A_file_that_fails_later_holds_no_call_up_and_is_told_once()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("sub/audit.log");
        Directory.CreateDirectory(folder.File("sub"));
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Audit:File", path));
        Directory.Delete(folder.File("sub"), recursive: true);

        await SendAsync(host, WebhookHost.OurBody, WebhookHost.Token);
        await Eventually.TrueAsync(() => Count("cannot be written") == 1, "the failure is told");
        await SendAsync(host, WebhookHost.OurBody, WebhookHost.Token);
        Directory.CreateDirectory(folder.File("sub"));
        await Eventually.TrueAsync(
            async () => { await SendAsync(host, WebhookHost.OurBody, WebhookHost.Token); return Count("can be written again") == 1; }, "the mending is told");

        Assert.Equal(1, Count("cannot be written"));

        int Count(string text) => host.Log.Lines.Count(line => line.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>The system's clock, but for a timer that elapses when a test says so.</summary>
    private sealed class HeldTimer : TimeProvider
    {
        internal Action Elapse { get; private set; } = () => { };

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Elapse = () => callback(state);
            return base.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private static IEnumerable<string?> FieldsOf(JsonNode line) => line["fields"]!.AsArray().Select(field => (string?)field);

    /// <summary>The one line of a host's audit log.</summary>
    private static JsonNode LineOf(WebhookHost host)
    {
        var line = Assert.Single(host.Log.Lines, line => line.Contains("\"outcome\":", StringComparison.Ordinal));
        var start = line.IndexOf('{', StringComparison.Ordinal);
        return JsonNode.Parse(line[start..(line.IndexOf('}', StringComparison.Ordinal) + 1)])!;
    }

    private static async Task SendAsync(WebhookHost host, string body, string token, string query = "")
    {
        using var response = await host.PostAsync(WebhookHost.Ours + query, body, token);
    }
}
