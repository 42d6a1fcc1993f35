using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class ApplyCommandTests
{
    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Address_is_changed_at_run_time_and_the_worker_stays(string branch)
    {
        await using var haproxy = await ControlledHaproxy.StartAsync(branch);
        var worker = await haproxy.Instance.WorkerPidAsync();
        var candidate = haproxy.Candidate("s1 127.0.0.2:80", "s1 127.0.0.9:81");

        var run = (await haproxy.RunAsync("apply", candidate)).MustEndWith(0);

        Assert.StartsWith($"{haproxy.Target}: applied without a reload, in ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  set app/s1 to 127.0.0.9:81\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nchange 1; undo it with: haproxykit rollback", run.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(candidate), haproxy.Text);
        Assert.Equal("127.0.0.9:81", await haproxy.AddressAsync("s1"));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
        Assert.StartsWith($"{haproxy.Target}: unchanged", (await haproxy.RunAsync("apply", candidate)).MustEndWith(0).Output, StringComparison.Ordinal);
    }

    /// <summary>The worker that a reload starts has every frontend open.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Reload_leaves_the_ports_of_mappings_without_a_node_closed(string branch)
    {
        await using var haproxy = await ControlledHaproxy.StartAsync(branch);
        var mapping = await haproxy.AddClosedMappingAsync(isNamedByPort: false, _ => "");
        var worker = await haproxy.Instance.WorkerPidAsync();
        var candidate = haproxy.Candidate("timeout client 9s", "timeout client 8s");
        (await haproxy.RunAsync("plan", candidate)).MustEndWith(0);

        (await haproxy.RunAsync("apply", candidate)).MustEndWith(0);

        Assert.NotEqual(worker, await haproxy.Instance.WorkerPidAsync());
        Assert.Contains($"1 closed until they are called for ({mapping.FrontendName})", (await haproxy.RunAsync("status")).MustEndWith(0).Output, StringComparison.Ordinal);

        (await haproxy.RunAsync("rollback")).MustEndWith(0);
        Assert.Contains($"1 closed until they are called for ({mapping.FrontendName})", (await haproxy.RunAsync("status")).MustEndWith(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task What_the_Runtime_API_cannot_do_is_one_reload(string branch)
    {
        await using var haproxy = await ControlledHaproxy.StartAsync(branch);
        var worker = await haproxy.Instance.WorkerPidAsync();
        var text = haproxy.Text.Replace("timeout client 9s", "timeout client 8s", StringComparison.Ordinal);

        var run = await ToolRun.OfAsync(Encoding.UTF8.GetBytes(text), ["apply", "-", .. haproxy.Options, "--format", "json"]);

        using var json = JsonDocument.Parse(run.MustEndWith(0).Output);
        Assert.Equal("applied", json.RootElement.GetProperty("outcome").GetString());
        Assert.True(json.RootElement.GetProperty("reloaded").GetBoolean());
        Assert.StartsWith("no hard-stop-after", json.RootElement.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("reload", json.RootElement.GetProperty("steps")[0].GetProperty("kind").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("change").GetInt32());
        Assert.Equal(text, haproxy.Text);
        Assert.NotEqual(worker, await haproxy.Instance.WorkerPidAsync());
    }

    [Theory]
    [InlineData("3.0")]
    [InlineData("3.2")]
    public async Task Server_that_goes_is_drained_and_deleted_before_the_program_ends(string branch)
    {
        await using var haproxy = await ControlledHaproxy.StartAsync(branch);
        var worker = await haproxy.Instance.WorkerPidAsync();

        var run = (await haproxy.RunAsync("apply", haproxy.Candidate("  server s2 127.0.0.3:80\n", ""), "--drain-grace", "5")).MustEndWith(0);

        Assert.Contains("\n  drain app/s2 and delete it\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  app/s2 is deleted; no session was cut\n", run.Output, StringComparison.Ordinal);
        Assert.Null(await haproxy.AddressAsync("s2"));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
        (await haproxy.RunAsync("rollback")).MustEndWith(0);
        Assert.Equal("127.0.0.3:80", await haproxy.AddressAsync("s2"));
    }

    [Fact]
    public async Task Candidate_that_HAProxy_refuses_is_told_with_its_line_and_changes_nothing()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync();
        var before = haproxy.Text;
        var candidate = haproxy.Candidate("timeout client 9s", "timeout client 9parsecs");

        var run = (await haproxy.RunAsync("apply", candidate)).MustEndWith(1);

        Assert.StartsWith($"{haproxy.Target}: rejected: nothing was changed\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{haproxy.Target}:7: error HK7001: ", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, haproxy.Text);
    }

    [Fact]
    public async Task Dry_run_and_plan_change_nothing_and_send_nothing_but_questions()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync("3.2");
        await using var recorder = new SocketRecorder(Path.Combine(haproxy.Instance.Folder, "recorded.sock"), haproxy.Instance.StatsSocket);
        var (before, written) = (File.ReadAllBytes(haproxy.Target), File.GetLastWriteTimeUtc(haproxy.Target));
        var files = Directory.GetFiles(haproxy.Instance.Folder);
        var worker = await haproxy.Instance.WorkerPidAsync();
        string[] options = [.. haproxy.Options.Select(word => word == haproxy.Instance.StatsSocket ? recorder.Path : word)];
        foreach (var (from, to, step) in new[]
            {
                ("s1 127.0.0.2:80", "s1 127.0.0.9:81", "  set app/s1 to 127.0.0.9:81\n"),
                ("timeout client 9s", "timeout client 8s", "  reload: "),
            })
        {
            var candidate = haproxy.Candidate(from, to);
            var plan = (await ToolRun.OfAsync(["plan", candidate, .. options])).MustEndWith(0).Output;
            Assert.Equal(step.Contains("reload", StringComparison.Ordinal), plan.Contains("warning: no hard-stop-after", StringComparison.Ordinal));
            Assert.Contains(step, plan, StringComparison.Ordinal);
            Assert.Equal(plan, (await ToolRun.OfAsync(["apply", candidate, "--dry-run", .. options])).MustEndWith(0).Output);
        }

        Assert.Equal(before, File.ReadAllBytes(haproxy.Target));
        Assert.Equal(written, File.GetLastWriteTimeUtc(haproxy.Target));
        Assert.Equal(files, Directory.GetFiles(haproxy.Instance.Folder));
        Assert.False(Directory.Exists(haproxy.StateFolder));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
        Assert.NotEmpty(recorder.Commands);
        Assert.All(recorder.Commands, command => Assert.StartsWith("show ", command, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plan_tells_a_bind_that_is_taken()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync();
        using var other = new TcpListener(IPAddress.Loopback, Ports.Take());
        other.Start();
        var candidate = haproxy.Candidate("backend app", $"frontend more\n  bind {other.LocalEndpoint}\n  default_backend app\nbackend app");

        var plan = await haproxy.RunJsonAsync(1, "plan", candidate);

        Assert.False(plan.GetProperty("accepted").GetBoolean());
        Assert.True(plan.GetProperty("reload").GetBoolean());
        var finding = plan.GetProperty("findings")[0];
        Assert.Equal(DiagnosticIds.BindUnavailable, finding.GetProperty("id").GetString());
        Assert.Equal(12, finding.GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Another_revision_than_the_planned_one_is_left_alone()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync();
        var candidate = haproxy.Candidate("s1 127.0.0.2:80", "s1 127.0.0.9:81");
        var revision = (await haproxy.RunJsonAsync(0, "plan", candidate)).GetProperty("revision").GetString()!;
        File.AppendAllText(haproxy.Target, "# an editor's save\n");
        var edited = haproxy.Text;

        var run = await haproxy.RunAsync("apply", candidate, "--revision", revision);

        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith("nothing was done: plan anew\n", run.Errors, StringComparison.Ordinal);
        Assert.Equal(edited, haproxy.Text);
        Assert.Equal("127.0.0.2:80", await haproxy.AddressAsync("s1"));
    }

    [Fact]
    public async Task Stopping_before_the_file_is_written_changes_nothing_and_later_the_change_is_carried_through()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync("3.0");
        var candidate = haproxy.Candidate("timeout client 9s", "timeout client 8s");
        var before = haproxy.Text;
        var silent = Path.Combine(haproxy.Instance.Folder, "silent.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(silent));
        listener.Listen(1);
        var stopped = InterruptedAsync(haproxy, $"apply {candidate} --target {haproxy.Target} --stats-socket {silent} --state-folder {haproxy.StateFolder}", "[ -d \"$STATE\" ]", "true");
        var run = await stopped;
        Assert.Equal(130, run.ExitCode);
        Assert.StartsWith("haproxykit: stopped; nothing was changed\n", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, haproxy.Text);
        var go = Path.Combine(haproxy.Instance.Folder, "go");
        var slow = haproxy.Write("slow.sh", $"while [ ! -e {go} ]; do sleep 0.05; done\nkill -USR2 {haproxy.Instance.MasterPid}\n");
        var carried = await InterruptedAsync(
            haproxy,
            $"apply {candidate} {string.Join(' ', haproxy.Options)} --reload command --reload-command /bin/sh --reload-command {slow}",
            $"grep -q 'timeout client 8s' {haproxy.Target}",
            $"touch {go}");
        Assert.True(carried.ExitCode == 0, carried.Output + carried.Errors);
        Assert.Contains(": applied by a reload, in ", carried.Output, StringComparison.Ordinal);
        Assert.Contains("\nwarning: no hard-stop-after in global", carried.Output, StringComparison.Ordinal);
        Assert.Contains("timeout client 8s", haproxy.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("operator")]
    public async Task Socket_without_the_level_admin_is_named_with_the_remedy(string level)
    {
        await using var haproxy = await ControlledHaproxy.StartAsync(global: $"global\n  stats socket {{stats}} mode 600 level {level}\n  maxconn 200\n");
        var before = haproxy.Text;

        var run = (await haproxy.RunAsync("apply", haproxy.Candidate("s1 127.0.0.2:80", "s1 127.0.0.9:81"))).MustEndWith(1);

        Assert.Contains($"the stats socket {haproxy.Instance.StatsSocket} has level {level}: nothing can be changed through it\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("'level admin'", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, haproxy.Text);
    }

    [Fact]
    public async Task HAProxy_that_does_not_answer_is_named_with_the_remedy()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync();
        var candidate = haproxy.Candidate("s1 127.0.0.2:80", "s1 127.0.0.9:81");
        var before = haproxy.Text;
        await haproxy.Instance.StopAsync();

        var applied = await haproxy.RunJsonAsync(1, "apply", candidate);

        Assert.Equal("unreachable", applied.GetProperty("outcome").GetString());
        var finding = applied.GetProperty("findings")[0];
        Assert.Contains(haproxy.Instance.StatsSocket, finding.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("start HAProxy, or name its stats socket with --stats-socket", finding.GetProperty("hint").GetString());
        Assert.Equal(before, haproxy.Text);
        Assert.False((await haproxy.RunJsonAsync(1, "plan", candidate)).GetProperty("reachable").GetBoolean());
    }

    [Fact]
    public async Task Missing_rights_are_named_with_the_remedy()
    {
        Assert.True(File.Exists("/usr/bin/setpriv"), "No setpriv(1) to give rights away with: apt-get install util-linux");
        Assert.True(Environment.IsPrivilegedProcess, "Only root can run the program as another user: run the tests as root");
        await using var haproxy = await ControlledHaproxy.StartAsync();
        File.SetUnixFileMode(haproxy.Instance.Folder, (UnixFileMode)Convert.ToInt32("755", 8));
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)Convert.ToInt32("777", 8));
        var candidate = folder.Write("new.cfg", haproxy.Text.Replace("127.0.0.2", "127.0.0.9", StringComparison.Ordinal));
        Task<ToolRun> AsNobodyAsync(string state) => ToolRun.OfProgramAsync(
            "setpriv",
            [
                "--reuid=65534", "--regid=65534", "--clear-groups", "dotnet", ToolRun.Program, "apply", candidate,
                "--target", haproxy.Target, "--stats-socket", haproxy.Instance.StatsSocket, "--pid-file", haproxy.Instance.PidFile, "--state-folder", state,
            ]);

        var state = await AsNobodyAsync("/var/lib/no-such-state");
        Assert.Equal(2, state.ExitCode);
        Assert.StartsWith("haproxykit: the state folder /var/lib/no-such-state cannot be used: ", state.Errors, StringComparison.Ordinal);
        Assert.EndsWith("run as root, or name another with --state-folder\n", state.Errors, StringComparison.Ordinal);

        var socket = await AsNobodyAsync(folder.File("state"));
        Assert.True(socket.ExitCode == 1, socket.Output + socket.Errors);
        Assert.Contains(haproxy.Instance.StatsSocket, socket.Output, StringComparison.Ordinal);
        Assert.Contains("run as root, or as a user whom the socket's owner, group and mode let in", socket.Output, StringComparison.Ordinal);

        File.SetUnixFileMode(haproxy.Instance.StatsSocket, (UnixFileMode)Convert.ToInt32("666", 8));
        var file = await AsNobodyAsync(folder.File("state"));
        Assert.True(file.ExitCode == 2, file.Output + file.Errors);
        Assert.Contains(haproxy.Target, file.Errors, StringComparison.Ordinal);
        Assert.EndsWith("run as root, or as a user who may write to the file's folder\n", file.Errors, StringComparison.Ordinal);
        Assert.Contains("127.0.0.2:80", haproxy.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_usage_ends_with_2_and_one_line()
    {
        using var folder = new TemporaryFolder();
        var candidate = folder.Write("new.cfg", "global\n");
        (await ToolRun.OfAsync("apply", folder.File("no.cfg"))).MustFailWith(2, $"{folder.File("no.cfg")} does not exist");
        (await ToolRun.OfAsync("apply", candidate, "--target", folder.File("none.cfg"), "--state-folder", folder.File("s")))
            .MustFailWith(2, $"{folder.File("none.cfg")} does not exist: name the file that HAProxy reads with --target");
        (await ToolRun.OfAsync("apply", candidate, "--reload", "hope"))
            .MustFailWith(2, "--reload is one of automatic|master-socket|signal|systemd|command, not 'hope'; see haproxykit --help");
        (await ToolRun.OfAsync("apply", candidate, "--reload", "master-socket")).MustFailWith(2, "--master-socket must be set to reload by it, but is ''");
        Assert.Contains("Ctrl-C", (await ToolRun.OfAsync("apply", "--help")).MustEndWith(0).Output, StringComparison.Ordinal);
    }

    /// <summary>Runs the program, interrupts it when a condition holds, and then does one thing more.</summary>
    private static Task<ToolRun> InterruptedAsync(ControlledHaproxy haproxy, string arguments, string condition, string then) => ToolRun.OfProgramAsync(
        "bash",
        [
            "-c",
            $"set -m; STATE={haproxy.StateFolder}; dotnet '{ToolRun.Program}' {arguments} & pid=$!; "
            + $"for i in $(seq 1200); do {condition} && break; sleep 0.05; done; kill -INT $pid; {then}; wait $pid",
        ]);
}
