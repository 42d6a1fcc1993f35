using System.Text;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Checking;

public sealed class HaproxyCheckerTests : IDisposable
{
    private const string Defaults =
        "defaults\n  mode tcp\n  timeout client 5s\n  timeout server 5s\n  timeout connect 1s\n";
    private const string Frontend = "frontend web\n  bind 127.0.0.1:8443\n  default_backend app\n";
    private const string Backend = "backend app\n  server s1 127.0.0.1:80\n";
    private const string Good = Defaults + Frontend + Backend;
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Branches => HaproxyBranches.All;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task CheckAsync_good_candidate_is_accepted_and_leaves_nothing(string branch)
    {
        var path = folder.Write("haproxy.cfg", "not read\n");

        var result = await Checker(branch, path).CheckAsync(Candidate(path, Good));

        Assert.Equal(CheckVerdict.Accepted, result.Verdict);
        Assert.True(result.IsAccepted);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Diagnostics);
        Assert.True(result.Duration > TimeSpan.Zero);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal("not read\n", File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task CheckAsync_unknown_keyword_names_the_files_line(string branch)
    {
        var path = folder.Write("haproxy.cfg", Good);

        var result = await Checker(branch, path).CheckAsync(Candidate(path, Good + "  servre s2 127.0.0.1:81\n"));

        Assert.Equal(CheckVerdict.Refused, result.Verdict);
        Assert.Equal(1, result.ExitCode);
        var message = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticIds.HaproxyMessage, message.Id);
        Assert.Equal(DiagnosticSeverity.Error, message.Severity);
        Assert.StartsWith("unknown keyword 'servre' in 'backend' section", message.Message);
        Assert.Equal(path, message.Location!.File);
        Assert.Equal(11, message.Location.Line);
        Assert.Equal("  servre s2 127.0.0.1:81", Encoding.UTF8.GetString(message.Location.LineText.Span));
        Assert.DoesNotContain("haproxykit~", result.Output);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task CheckAsync_unmatched_quote_has_its_column(string branch)
    {
        var path = folder.Write("haproxy.cfg", Good);

        var result = await Checker(branch, path).CheckAsync(Candidate(path, Good + "  log-tag \"open\n"));

        var message = Assert.Single(result.Diagnostics);
        Assert.Equal("unmatched quote", message.Message);
        Assert.Equal((11, 11), (message.Location!.Line, message.Location.Column));
        Assert.Equal(Encoding.UTF8.GetByteCount(Good) + 10, message.Span.Start);
        Assert.EndsWith("HK7001: unmatched quote\n    log-tag \"open\n            ^", message.Render());
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task CheckAsync_last_line_without_line_feed_is_refused_with_its_place(string branch)
    {
        var path = folder.Write("haproxy.cfg", Good);

        var result = await Checker(branch, path).CheckAsync(Candidate(path, Good + "  # cut"));

        Assert.Equal(CheckVerdict.Refused, result.Verdict);
        var message = Assert.Single(result.Diagnostics);
        Assert.StartsWith("Missing LF on last line", message.Message);
        Assert.Equal(11, message.Location!.Line);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task CheckAsync_missing_certificate_and_unknown_backend_are_told(string branch)
    {
        var path = folder.Write("haproxy.cfg", Good);
        var checker = Checker(branch, path);

        var certificate = await checker.CheckAsync(Candidate(path, Good.Replace("8443", "8443 ssl crt /nowhere.pem")));
        var backend = await checker.CheckAsync(
            Candidate(path, Good.Replace("default_backend app", "default_backend nowhere")));

        var first = certificate.Diagnostics[0];
        Assert.Contains("/nowhere.pem", first.Message);
        Assert.Equal(7, first.Location!.Line);
        var second = Assert.Single(backend.Diagnostics);
        Assert.Equal("Proxy 'web': unable to find required default_backend: 'nowhere'", second.Message);
        Assert.Null(second.Location);
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task CheckAsync_no_listener_is_a_verdict_of_its_own(string branch)
    {
        var path = folder.Write("haproxy.cfg", Good);

        var result = await Checker(branch, path).CheckAsync(Candidate(path, "# nothing yet\n"));

        Assert.Equal(CheckVerdict.AcceptedWithoutListener, result.Verdict);
        Assert.Equal(2, result.ExitCode);
        Assert.False(result.IsAccepted);
        Assert.Equal(DiagnosticIds.NoListener, Assert.Single(result.Diagnostics).Id);
    }

    /// <summary>
    /// A file of ours alone has no defaults and no listener: it is judged together with the operator's.
    /// </summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task CheckAsync_one_of_two_files_is_judged_with_the_other(string branch)
    {
        var first = folder.Write("haproxy.cfg", Defaults + Frontend);
        var second = folder.Write("ours.cfg", "# nothing yet\n");
        var checker = Checker(branch, first, second);

        var asItStands = await checker.CheckAsync();
        var good = await checker.CheckAsync(Candidate(second, Backend));
        var bad = await checker.CheckAsync(Candidate(second, Backend + "  bogus\n"));

        Assert.Equal(CheckVerdict.Refused, asItStands.Verdict);
        Assert.Contains("required default_backend: 'app'", asItStands.Diagnostics[0].Message);
        Assert.Equal(CheckVerdict.Accepted, good.Verdict);
        Assert.Equal($"{second}:3", bad.Diagnostics[0].Location!.ToString());
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task CheckAsync_file_of_a_folder_is_judged_in_haproxys_order(string branch)
    {
        var inFolder = folder.File("conf.d");
        folder.Write("conf.d/10-defaults.cfg", Defaults);
        var target = folder.Write("conf.d/20-web.cfg", "# nothing yet\n");
        folder.Write(
            "conf.d/Z.cfg", Frontend.Replace("web", "capital").Replace("8443", "8444").Replace("app", "small"));
        folder.Write("conf.d/a.cfg", Backend.Replace("app", "small"));
        folder.Write("conf.d/.hidden.cfg", "bogus\n");
        folder.Write("conf.d/twice.cfg.cfg", "bogus\n");
        folder.Write("conf.d/note.txt", "bogus\n");
        Directory.CreateDirectory(Path.Combine(inFolder, "folder.cfg"));
        var checker = Checker(branch, inFolder);

        var good = await checker.CheckAsync(Candidate(target, Frontend + Backend));
        var bad = await checker.CheckAsync(Candidate(target, Frontend + Backend + "  bogus\n"));
        var asItStands = await checker.CheckAsync();

        Assert.Equal(CheckVerdict.Accepted, good.Verdict);
        Assert.Equal($"{inFolder}/20-web.cfg:6", bad.Diagnostics[0].Location!.ToString());
        Assert.Equal(CheckVerdict.Accepted, asItStands.Verdict);
    }

    [Fact]
    public async Task CheckAsync_link_is_checked_where_the_link_is_and_relative_names_hold()
    {
        var real = folder.Write("real/haproxy.cfg", Good);
        var link = folder.File("etc/haproxy.cfg");
        folder.Write("etc/names.lst", "example.org\n");
        File.CreateSymbolicLink(link, real);
        var text = "global\n  default-path config\n" + Good
            + "listen l\n  bind 127.0.0.1:8444\n  tcp-request connection reject if { src_port -f names.lst }\n";

        var result = await Checker("2.6", link).CheckAsync(Candidate(real, text));

        // The list is found, beside the link; that it holds no number is what HAProxy minds.
        Assert.Equal(CheckVerdict.Refused, result.Verdict);
        Assert.DoesNotContain(result.Diagnostics, d => d.Message.Contains("failed to open", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(folder.File("real")));
        Assert.Equal(2, Directory.GetFiles(folder.File("etc")).Length);
    }

    /// <summary>
    /// Without the master's environment the bind would pass the check as <c>:8555</c>, on every address.
    /// </summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task CheckAsync_sees_the_masters_environment(string branch)
    {
        await using var haproxy = await HaproxyInstance.StartAsync(new HaproxySetup
        {
            Program = HaproxyPrograms.Of(branch),
            Files = [new("haproxy.cfg", HaproxyInstance.Global + Defaults + Listen(Ports.Take()))],
            Environment = new Dictionary<string, string> { ["PUBIP"] = "no such address" },
        });
        var master = HaproxyInvocation.FromProcess(haproxy.MasterPid).Invocation!;
        var candidate = Candidate(
            haproxy.ConfigPath, File.ReadAllText(haproxy.ConfigPath) + "listen m\n  bind \"${PUBIP}:8555\"\n");

        var seen = await new HaproxyChecker(master).CheckAsync(candidate);
        var unseen = await new HaproxyChecker(
            master with { Environment = new Dictionary<string, string>() }).CheckAsync(candidate);

        Assert.Equal(CheckVerdict.Refused, seen.Verdict);
        Assert.Contains("no such address", seen.Diagnostics[0].Message);
        Assert.Equal(CheckVerdict.Accepted, unseen.Verdict);
        Assert.Equal(CheckVerdict.Accepted, (await new HaproxyChecker(master).CheckAsync()).Verdict);
    }

    /// <summary>
    /// A master in a folder of its own choosing (-C) with a relative name looks for it once more at the next reload, from
    /// within it, and ends, its workers with it, on every version.
    /// </summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public async Task CheckAsync_master_that_could_not_find_its_folder_again_is_told_before_a_reload(string branch)
    {
        var inner = folder.Write("inner/haproxy.cfg", Good);
        var started = Invocation(HaproxyPrograms.Of(branch), "haproxy.cfg") with { Options = ["-C", "inner"] };
        var running = started with { WorkingFolder = Path.GetDirectoryName(inner)! };

        var before = await new HaproxyChecker(started).CheckAsync(Candidate(inner, Good + "  bogus\n"));
        var after = await new HaproxyChecker(running).CheckAsync();

        Assert.Equal("haproxy.cfg:11", before.Diagnostics[0].Location!.ToString());
        Assert.Equal(CheckVerdict.Refused, after.Verdict);
        Assert.StartsWith("Could not change to directory inner", after.Diagnostics[0].Message);
    }

    [Fact]
    public async Task CheckAsync_warnings_are_kept_beside_an_accepted_verdict()
    {
        var path = folder.Write("haproxy.cfg", Good);

        var result = await Checker("2.6", path).CheckAsync(Candidate(path, Good.Replace("  timeout server 5s\n", "")));

        Assert.Equal(CheckVerdict.Accepted, result.Verdict);
        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticSeverity.Warning, warning.Severity);
        Assert.StartsWith("missing timeouts for backend 'app'; ", warning.Message);
    }

    [Fact]
    public async Task CheckAsync_alert_with_exit_code_0_is_no_error()
    {
        var path = folder.Write("haproxy.cfg", Good);

        var result = await Checker("2.6", path).CheckAsync(
            Candidate(path, "global\n  maxconn 10\n  maxconn 20\n" + Good));

        Assert.Equal(CheckVerdict.Accepted, result.Verdict);
        Assert.Contains("already specified", Assert.Single(result.Diagnostics).Message);
        Assert.Equal(DiagnosticSeverity.Warning, result.Diagnostics[0].Severity);
    }

    [Fact]
    public async Task CheckAsync_file_that_haproxy_does_not_load_has_no_verdict()
    {
        var path = folder.Write("haproxy.cfg", Good);
        var other = folder.Write("other.cfg", Good);

        var result = await Checker("2.6", path).CheckAsync(Candidate(other, Good));

        Assert.Equal(CheckVerdict.Unavailable, result.Verdict);
        Assert.Contains(other, Assert.Single(result.Diagnostics).Message);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task CheckAsync_no_program_has_no_verdict()
    {
        var path = folder.Write("haproxy.cfg", Good);
        var invocation = Invocation(folder.File("haproxy"), path);

        var result = await new HaproxyChecker(invocation).CheckAsync(Candidate(path, Good));

        Assert.Equal(CheckVerdict.Unavailable, result.Verdict);
        Assert.Null(result.ExitCode);
        Assert.Equal(DiagnosticIds.HaproxyUnreachable, Assert.Single(result.Diagnostics).Id);
    }

    [Fact]
    public async Task CheckAsync_haproxy_that_does_not_end_is_ended_at_the_limit()
    {
        var path = Hanging();
        var options = new HaproxyCheckerOptions { TimeLimit = TimeSpan.FromMilliseconds(300) };

        var result = await new HaproxyChecker(
            Invocation(HaproxyPrograms.Installed, path), options).CheckAsync(Candidate(path, File.ReadAllText(path)));

        Assert.Equal(CheckVerdict.Unavailable, result.Verdict);
        Assert.Contains("0.3 s", Assert.Single(result.Diagnostics).Message);
        AssertNoProcessLeft();
    }

    [Fact]
    public async Task CheckAsync_cancelled_ends_haproxy_and_removes_the_candidate()
    {
        var path = Hanging();
        using var cancellation = new CancellationTokenSource();

        var check = new HaproxyChecker(Invocation(HaproxyPrograms.Installed, path)).CheckAsync(
            Candidate(path, File.ReadAllText(path)), cancellation.Token);
        await Eventually.TrueAsync(() => File.Exists(folder.File("started")), "HAProxy runs the script");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        AssertNoProcessLeft();
    }

    [Fact]
    public async Task CheckAsync_flood_of_messages_is_bounded()
    {
        var path = folder.Write("haproxy.cfg", Good);
        var text = new StringBuilder(Good);
        for (var i = 0; i < 2_000; i++)
        {
            text.Append("  bogus\n");
        }

        var options = new HaproxyCheckerOptions { MaxOutputBytes = 10_000 };
        var result = await new HaproxyChecker(
            Invocation(HaproxyPrograms.Installed, path), options).CheckAsync(Candidate(path, text.ToString()));

        Assert.Equal(CheckVerdict.Refused, result.Verdict);
        Assert.InRange(result.Output.Length, 1, 10_000);
        Assert.NotEmpty(result.Diagnostics);
    }

    private string Hanging()
    {
        // HAProxy runs the script while it reads its configuration.
        var script = folder.Write(
            "hang.lua", $"local f = io.open('{folder.File("started")}', 'w') f:close() while true do end\n");
        return folder.Write("haproxy.cfg", $"global\n  lua-load {script}\n" + Good);
    }

    private void AssertNoProcessLeft()
    {
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), f => f.EndsWith('~'));
        Assert.DoesNotContain(
            Directory.GetDirectories("/proc"),
            process => File.Exists($"{process}/cmdline")
                && ReadOrEmpty($"{process}/cmdline").Contains(folder.Path, StringComparison.Ordinal));
    }

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string Listen(int port) => $"listen l\n  bind 127.0.0.1:{port}\n";

    private static ConfigCandidate Candidate(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private HaproxyChecker Checker(string branch, params string[] paths) =>
        new(Invocation(HaproxyPrograms.Of(branch), paths));

    private HaproxyInvocation Invocation(string program, params string[] paths) => new()
    {
        Executable = program,
        ConfigPaths = paths,
        WorkingFolder = folder.Path,
        Environment = new Dictionary<string, string>(),
    };
}
