using System.Net;
using System.Text;
using HaproxyKit.AspNetCore.Tests.Support;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.Endpoints;

public sealed class PhoneHomeEndpointTests
{
    [Fact]
    public async Task Post_in_our_format_is_answered_with_what_was_done()
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        Assert.Equal(
            new PhoneHomeAnswer
            {
                Name = "traefik",
                FrontendPort = 8443,
                Address = "203.0.113.7",
                NodePort = 30443,
                Outcome = "created",
                Reload = true,
                Revision = "r1",
                WorkerPid = 4711,
            },
            await response.ReadSuccessAsync());
        var command = Assert.Single(host.PhoneHome.Commands);
        Assert.Equal("cluster-a", command.Owner);
        Assert.Equal(IPAddress.Loopback, command.CallerAddress);
    }

    [Fact]
    public async Task Post_for_a_node_that_an_operator_holds_is_answered_with_200_and_the_warning()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(
            new MappingOutcome.Served { Change = MappingChange.Unchanged, Revision = "r1", Warnings = ["held by hand"] });

        using var ours = await host.PostOursAsync(WebhookHost.OurBody);
        using var incumbents = await host.PostIncumbentsAsync(WebhookHost.IncumbentBody);

        Assert.Equal(["held by hand"], (await ours.ReadSuccessAsync()).Warnings!);
        Assert.Equal(["held by hand"], (await incumbents.ReadSuccessAsync()).Warnings!);
    }

    [Theory]
    [InlineData("add", MappingAction.Add)]
    [InlineData("delete", MappingAction.Delete)]
    public async Task Post_in_the_incumbents_format_is_accepted_as_its_client_writes_it(string action, MappingAction expected)
    {
        await using var host = await WebhookHost.StartAsync();

        using var response = await host.PostIncumbentsAsync(WebhookHost.IncumbentBody.Replace("\"add\"", $"\"{action}\""));

        await response.ReadSuccessAsync();
        var command = Assert.Single(host.PhoneHome.Commands);
        Assert.Equal(expected, command.Action);
        Assert.Equal(("traefik", 8443, 30443, "203.0.113.7"), (command.Name, command.FrontendPort, command.NodePort, $"{command.Address}"));
    }

    [Theory]
    [InlineData(WebhookHost.Ours, true)]
    [InlineData(WebhookHost.Ours, false)]
    [InlineData(WebhookHost.Incumbents, true)]
    [InlineData(WebhookHost.Incumbents, false)]
    public async Task Post_either_header_is_taken_on_either_path(string path, bool asIncumbent)
    {
        await using var host = await WebhookHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = WebhookHost.Json(path == WebhookHost.Ours ? WebhookHost.OurBody : WebhookHost.IncumbentBody),
        };
        WebhookHost.Present(request, WebhookHost.OtherToken, asIncumbent);

        using var response = await host.Client.SendAsync(request);

        await response.ReadSuccessAsync();
        Assert.Equal("cluster-b", Assert.Single(host.PhoneHome.Commands).Owner);
    }

    [Fact]
    public async Task Post_without_address_takes_the_callers_behind_a_trusted_proxy()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Policy:TrustedProxies:0", "127.0.0.0/8"));
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookHost.Ours)
        {
            Content = WebhookHost.Json("""{"name":"a","frontendPort":443,"nodePort":30443}"""),
        };
        WebhookHost.Present(request, WebhookHost.Token, asIncumbent: false);
        request.Headers.Add("X-Forwarded-For", "192.0.2.1, 203.0.113.66");

        using var response = await host.Client.SendAsync(request);

        Assert.Equal("203.0.113.66", (await response.ReadSuccessAsync()).Address);
    }

    [Fact]
    public async Task Post_of_a_stranger_with_X_Forwarded_For_is_judged_by_its_own_address()
    {
        await using var host = await WebhookHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookHost.Ours)
        {
            Content = WebhookHost.Json("""{"name":"a","frontendPort":443,"nodePort":30443}"""),
        };
        WebhookHost.Present(request, WebhookHost.Token, asIncumbent: false);
        request.Headers.Add("X-Forwarded-For", "203.0.113.66");

        using var response = await host.Client.SendAsync(request);

        await response.ReadProblemAsync(403, ProblemTypes.Forbidden);
        Assert.Empty(host.PhoneHome.Commands);
    }

    [Fact]
    public async Task Delete_without_address_answers_without_it()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ => Served(MappingChange.Absent);

        using var response = await host.PostOursAsync("""{"name":"a","frontendPort":443,"action":"delete","instance":"i"}""");

        var answer = await response.ReadSuccessAsync();
        Assert.Equal("absent", answer.Outcome);
        Assert.Null(answer.Address);
        Assert.Null(answer.NodePort);
    }

    [Theory]
    [InlineData(MappingChange.Created, "created")]
    [InlineData(MappingChange.Moved, "moved")]
    [InlineData(MappingChange.Changed, "changed")]
    [InlineData(MappingChange.Unchanged, "unchanged")]
    [InlineData(MappingChange.Removed, "removed")]
    [InlineData(MappingChange.Absent, "absent")]
    public async Task Outcome_Served_says_what_was_done(MappingChange change, string word)
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ => Served(change);

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        Assert.Equal(word, (await response.ReadSuccessAsync()).Outcome);
    }

    [Theory]
    [InlineData(WebhookHost.Ours, "frontendPort")]
    [InlineData(WebhookHost.Incumbents, "frontend-port")]
    public async Task Outcome_Conflict_is_409_and_names_the_port(string path, string field)
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(new MappingOutcome.Conflict
        {
            Reason = ConflictReason.AnotherProgram,
            Message = "port 8443 is held by another program",
            Hint = "stop it",
        });

        using var response = await host.PostAsync(
            path, path == WebhookHost.Ours ? WebhookHost.OurBody : WebhookHost.IncumbentBody, WebhookHost.Token);

        var problem = await response.ReadProblemAsync(409, ProblemTypes.Conflict);
        Assert.Equal([new FieldProblem(field, "port 8443 is held by another program", "stop it")], problem.Errors);
    }

    [Fact]
    public async Task Outcome_Refused_is_422_with_HAProxys_messages_and_no_paths()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(new MappingOutcome.Refused { Diagnostics = [Finding()] });

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        var text = await response.Content.ReadAsStringAsync();
        var problem = await response.ReadProblemAsync(422, ProblemTypes.RefusedByHaproxy);
        Assert.Equal(
            [new ProblemDiagnostic("HK7001", "error", "'server s1' : unknown keyword", "look it up", 12)], problem.Diagnostics);
        Assert.DoesNotContain("haproxy.cfg", text);
    }

    [Fact]
    public async Task Outcome_OperatorConfigurationInvalid_is_503_with_HAProxys_messages()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ =>
            Task.FromResult<MappingOutcome>(new MappingOutcome.OperatorConfigurationInvalid { Diagnostics = [Finding()] });

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        var problem = await response.ReadProblemAsync(503, ProblemTypes.OperatorConfigurationInvalid);
        Assert.Single(problem.Diagnostics!);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Outcome_Unreachable_is_503_with_the_reason()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Endpoints:RetryAfter", "00:00:07"));
        host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(new MappingOutcome.Unreachable { Message = "no master" });

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        Assert.Equal("no master", (await response.ReadProblemAsync(503, ProblemTypes.HaproxyUnreachable)).Detail);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Outcome_ConfigurationUnavailable_is_503_of_its_own_type()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(new MappingOutcome.ConfigurationUnavailable { Message = "disk full" });

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        Assert.Equal("disk full", (await response.ReadProblemAsync(503, ProblemTypes.ConfigurationUnavailable)).Detail);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Outcome_TimedOut_is_503_and_says_when_to_ask_again()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ =>
            Task.FromResult<MappingOutcome>(new MappingOutcome.TimedOut { RetryAfter = TimeSpan.FromMilliseconds(1500) });

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        await response.ReadProblemAsync(503, ProblemTypes.TimedOut);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Outcome_Forbidden_is_403_with_the_fields()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ => Task.FromResult<MappingOutcome>(
            new MappingOutcome.Forbidden { Problems = [new FieldProblem("address", "is the machine's own")] });

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        var problem = await response.ReadProblemAsync(403, ProblemTypes.Forbidden);
        Assert.Equal("address", Assert.Single(problem.Errors!).Field);
    }

    [Fact]
    public async Task Outcome_Busy_is_429_and_says_when_to_ask_again()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Script = _ =>
            Task.FromResult<MappingOutcome>(new MappingOutcome.Busy { RetryAfter = TimeSpan.FromMinutes(2) });

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        await response.ReadProblemAsync(429, ProblemTypes.Busy);
        Assert.Equal(TimeSpan.FromMinutes(2), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_503_while_its_work_goes_on()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Endpoints:AnswerTimeout", "00:00:01"));
        var work = new TaskCompletionSource<MappingOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.PhoneHome.Script = _ => work.Task;

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        await response.ReadProblemAsync(503, ProblemTypes.TimedOut);
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
        Assert.False(work.Task.IsCompleted);
        work.SetResult(await Served(MappingChange.Created));
        await Eventually.TrueAsync(
            () => host.Log.Lines.Any(line => line.Contains("ended after its caller was answered")), "the log tells the late end");
    }

    [Fact]
    public async Task Work_that_fails_after_its_caller_was_answered_is_told_in_the_log()
    {
        await using var host = await WebhookHost.StartAsync(("PhoneHome:Endpoints:AnswerTimeout", "00:00:01"));
        var work = new TaskCompletionSource<MappingOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.PhoneHome.Script = _ => work.Task;

        using var response = await host.PostOursAsync(WebhookHost.OurBody);

        work.SetException(new InvalidOperationException("planted failure"));
        await Eventually.TrueAsync(
            () => host.Log.Lines.Any(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("planted failure")),
            "the log tells the late failure");
    }

    [Fact]
    public async Task A_caller_that_leaves_does_not_end_the_work()
    {
        await using var host = await WebhookHost.StartAsync();
        var work = new TaskCompletionSource<MappingOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<MappingOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.PhoneHome.Script = async _ =>
        {
            var outcome = await work.Task;
            ended.SetResult(outcome);
            return outcome;
        };
        using (var connection = await RawConnection.OpenAsync(host.Address))
        {
            await connection.WriteAsync(
                $"POST {WebhookHost.Ours} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {WebhookHost.Token}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {WebhookHost.OurBody.Length}\r\n\r\n{WebhookHost.OurBody}");
            await Eventually.TrueAsync(() => !host.PhoneHome.Commands.IsEmpty, "the command reached the reconciler");
        }

        work.SetResult(await Served(MappingChange.Created));

        Assert.IsType<MappingOutcome.Served>(await ended.Task.WaitAsync(Eventually.DefaultTimeout));
    }

    [Fact]
    public async Task Get_mappings_lists_what_the_tokens_owner_has_and_nothing_else()
    {
        await using var host = await WebhookHost.StartAsync();
        host.PhoneHome.Mappings = [Mapping("mine", "cluster-a"), Mapping("theirs", "cluster-b")];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/mappings");
        WebhookHost.Present(request, WebhookHost.Token, asIncumbent: false);

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(
            """[{"name":"mine","frontendPort":443,"sendProxy":"v2","lease":600,"nodes":[{"node":"n","address":"2001:db8::7","port":30443}]}]""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_mappings_without_token_is_401_and_by_another_method_405()
    {
        await using var host = await WebhookHost.StartAsync();

        using var unknown = await host.Client.GetAsync("/v1/mappings");
        using var posted = await host.Client.PostAsync("/v1/mappings", null);

        await unknown.ReadProblemAsync(401, ProblemTypes.Unauthorized);
        await posted.ReadProblemAsync(405, ProblemTypes.MethodNotAllowed);
    }

    [Fact]
    public async Task Get_healthz_needs_no_token()
    {
        await using var host = await WebhookHost.StartAsync();

        Assert.Equal("ok\n", await host.Client.GetStringAsync("/healthz"));
    }

    private static Task<MappingOutcome> Served(MappingChange change) =>
        Task.FromResult<MappingOutcome>(new MappingOutcome.Served { Change = change, Revision = "r" });

    private static Diagnostic Finding() => new()
    {
        Id = DiagnosticIds.HaproxyMessage,
        Severity = DiagnosticSeverity.Error,
        Message = "'server s1' : unknown keyword",
        Hint = "look it up",
        Location = new DiagnosticLocation { File = "/etc/haproxy/haproxy.cfg", Line = 12, LineText = Encoding.ASCII.GetBytes("secret") },
    };

    private static MappingStatus Mapping(string name, string owner) => new()
    {
        Name = name,
        FrontendPort = 443,
        Owner = owner,
        SendProxy = ProxyProtocol.V2,
        Lease = TimeSpan.FromMinutes(10),
        Nodes = [new NodeStatus { Node = "n", Address = IPAddress.Parse("2001:db8::7"), Port = 30443 }],
    };
}
