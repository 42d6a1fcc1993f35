using System.Text;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Runtime;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Planning.Steps;

/// <summary>Maps, acl files and certificates on a real HAProxy.</summary>
public sealed class FileStepTests
{
    /// <summary>Everything that a file of patterns may hold.</summary>
    private const string Odd = "# comment\n/ first\n  \t/indented \t two  words \t \n\n  \t \n /b\tthree\r\n/ again\n  # no comment\n/c a;b\\ <c> \"d\" é\n/last without end";

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task Pattern_files_are_read_as_HAProxy_reads_them(string branch)
    {
        using var files = new TemporaryFolder();
        var (map, acl) = (files.Write("odd.map", Odd), files.Write("odd.acl", Odd));
        await using var haproxy = await PlannedHaproxy.StartAsync(branch, HaproxyInstance.Global + $$"""
            defaults
              mode http
              timeout connect 1s
              timeout client 1s
              timeout server 1s
            frontend web
              bind {dir}/web.sock
              http-request deny if { path -m str -f {{acl}} }
              http-request return status 200 content-type text/plain lf-string %[path,map({{map}},none)]

            """);

        var entries = (await haproxy.Client.ShowMapAsync(map))!.Select(entry => KeyValuePair.Create(entry.Key, entry.Value));
        var patterns = (await haproxy.Client.ShowAclAsync(acl))!.Select(entry => entry.Key);

        Assert.Equal(entries, PatternText.Entries(Odd));
        Assert.Equal(patterns, PatternText.Patterns(Odd));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ReplaceMap_answers_change_at_once_and_hold(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var step = Assert.IsType<ReplaceMap>(Planned(ReferencedFileKind.Map, haproxy.Map, "# new\n/ now; this\n/ never\n/b \"quoted\" \\ and <\n"));

        Assert.False(await HoldsAsync(step, haproxy));
        Assert.Equal(RuntimeOutcome.Changed, (await step.SendAsync(haproxy.Client, CancellationToken.None)).Outcome);
        Assert.True(await HoldsAsync(step, haproxy));
        Assert.Equal("now; this", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ReplaceMap_entry_that_the_map_refuses_leaves_it_as_it_was(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var step = Assert.IsType<ReplaceMap>(Planned(ReferencedFileKind.Map, haproxy.AddressMap, "10.1.0.0/16 new\nno-address x\n"));

        Assert.False((await step.SendAsync(haproxy.Client, CancellationToken.None)).IsSuccess);
        Assert.False(await HoldsAsync(step, haproxy));
        Assert.Equal("ten", Assert.Single((await haproxy.Client.ShowMapAsync(haproxy.AddressMap))!).Value);
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ReplaceAcl_patterns_count_at_once_and_hold(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        Assert.NotNull(await HttpProbe.AskAsync(haproxy.Port));
        var step = Assert.IsType<ReplaceAcl>(Planned(ReferencedFileKind.Acl, haproxy.Acl, "/\n/two words \n"));

        Assert.False(await HoldsAsync(step, haproxy));
        Assert.Equal(RuntimeOutcome.Changed, (await step.SendAsync(haproxy.Client, CancellationToken.None)).Outcome);
        Assert.True(await HoldsAsync(step, haproxy));
        Assert.Null(await HttpProbe.AskAsync(haproxy.Port));
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task SetCertificate_is_served_and_holds(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var step = Assert.IsType<SetCertificate>(Planned(ReferencedFileKind.Certificate, haproxy.Certificate, CommandedHaproxy.Pem("two")));

        Assert.False(await HoldsAsync(step, haproxy));
        Assert.Equal(RuntimeOutcome.Changed, (await step.SendAsync(haproxy.Client, CancellationToken.None)).Outcome);
        Assert.True(await HoldsAsync(step, haproxy));
        Assert.Contains("two", (await haproxy.Client.ShowCertificateAsync(haproxy.Certificate))!.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task Files_that_the_worker_has_not_loaded_are_left_to_the_disk(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        foreach (var step in new[]
        {
            Planned(ReferencedFileKind.Map, "/none.map", "a b\n"), Planned(ReferencedFileKind.Acl, "/none.acl", "a\n"),
            Planned(ReferencedFileKind.Certificate, "/none.pem", CommandedHaproxy.Pem("none")),
        })
        {
            var runtime = Assert.IsAssignableFrom<RuntimeStep>(step);
            Assert.True(await HoldsAsync(runtime, haproxy));
            Assert.Equal(RuntimeOutcome.Unchanged, (await runtime.SendAsync(haproxy.Client, CancellationToken.None)).Outcome);
        }
    }

    public static TheoryData<ReferencedFileKind, string, string> Reloads { get; } = new()
    {
        { ReferencedFileKind.Map, "a\n", "a key has no value, which no command can say" },
        { ReferencedFileKind.Map, "  #a b\n", "a pattern begins with '#', which no command can say" },
        { ReferencedFileKind.Map, "a b\0\n", "it holds bytes that no command can say" },
        { ReferencedFileKind.Map, $"a {new string('b', 9_000)}\n", "a line is longer than a command may be" },
        { ReferencedFileKind.Acl, string.Concat(Enumerable.Repeat("a\n", 20_001)), "it has 20001 entries, and a reload reads more than 20000 quicker than commands hand them over" },
        { ReferencedFileKind.Certificate, "none", "it holds no certificate that can be read" },
        { ReferencedFileKind.Certificate, CommandedHaproxy.Pem("a").Split("-----BEGIN PRIVATE")[0], "it holds no key, which HAProxy takes together with the certificate" },
        { ReferencedFileKind.Certificate, string.Concat(Enumerable.Repeat(CommandedHaproxy.Pem("a"), 9)), "it is longer than the 15000 bytes that one command carries" },
    };

    [Theory]
    [MemberData(nameof(Reloads))]
    public void Plan_file_that_no_command_carries_needs_a_reload(ReferencedFileKind kind, string content, string reason) =>
        Assert.Equal(new ReloadStep($"/file: {reason}"), Planned(kind, "/file", content));

    [Fact]
    public void Plan_file_is_changed_before_what_uses_it()
    {
        var before = ConfigDocument.Parse("backend app\n  server s1 10.0.0.1:80\n");
        var wanted = ConfigDocument.Parse("backend app\n  server s1 10.0.0.2:80\n");

        var plan = DeploymentPlanner.Plan(before, wanted, null, static _ => false, [new ReferencedFile(ReferencedFileKind.Map, "/a.map", "k v\n"u8.ToArray())]);

        Assert.Equal("replace the map /a.map (1 entry)\nset app/s1 to 10.0.0.2:80", plan.ToString());
        Assert.Empty(plan.TouchedProxies().Except(["app"]));
    }

    [Fact]
    public void Description_says_nothing_of_keys()
    {
        var step = Planned(ReferencedFileKind.Certificate, "/a.pem", CommandedHaproxy.Pem("a"));

        Assert.Equal("replace the certificate /a.pem", step.ToString());
    }

    private static DeploymentStep Planned(ReferencedFileKind kind, string path, string content) => Assert.Single(DeploymentPlanner.Plan(
        ConfigDocument.Empty, ConfigDocument.Empty, null, static _ => false, [new ReferencedFile(kind, path, Encoding.UTF8.GetBytes(content))]).Steps);

    private static async Task<bool> HoldsAsync(RuntimeStep step, CommandedHaproxy haproxy) =>
        await step.HoldsAsync(haproxy.Client, await new RunningStateReader(haproxy.Client).ReadAsync(new HashSet<string>(), CancellationToken.None), CancellationToken.None);
}
