using System.Diagnostics;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Checking;

public sealed class HaproxyInvocationTests
{
    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task FromProcess_running_master_is_read_before_and_after_a_reload(string branch)
    {
        await using var haproxy = await HaproxyInstance.StartAsync(new HaproxySetup
        {
            Program = HaproxyPrograms.Of(branch),
            Files = [new("one.cfg", HaproxyInstance.Global + "  stats timeout 5s\n"), new("two.cfg", Proxy)],
            Environment = new Dictionary<string, string> { ["PUBIP"] = "127.0.0.1", ["WITH_EQUALS"] = "a=b" },
            Arguments = ["-L", "me", "-dr"],
        });

        var before = HaproxyInvocation.FromProcess(haproxy.MasterPid);

        // A master ignores the signal while it loads, and up to 3.0 listens only afterwards.
        await Eventually.TrueAsync(
            async () => await haproxy.AskMasterAsync("show proc") is { Length: > 0 }, "the master is ready for a reload");
        await haproxy.ReloadAsync();
        var after = HaproxyInvocation.FromProcess(haproxy.MasterPid);

        Assert.True(before.IsRead, before.Message);
        Assert.Equal(haproxy.ConfigPaths, before.Invocation.ConfigPaths);
        Assert.Equal(haproxy.Folder, before.Invocation.WorkingFolder);
        Assert.Equal(haproxy.Program, before.Invocation.Executable);
        Assert.Equal(["-L", "me", "-dr"], before.Invocation.Options);
        Assert.Equal("127.0.0.1", before.Invocation.Environment["PUBIP"]);
        Assert.Equal("a=b", before.Invocation.Environment["WITH_EQUALS"]);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), before.Invocation.Environment["PATH"]);
        Assert.True(after.IsRead, after.Message);
        Assert.Equal("127.0.0.1", after.Invocation.Environment["PUBIP"]);
        Assert.DoesNotContain(
            after.Invocation.Environment.Keys, name => name.StartsWith("HAPROXY_MWORKER", StringComparison.Ordinal));
        Assert.Equal(before.Invocation.ConfigPaths, after.Invocation.ConfigPaths);
    }

    [Fact]
    public void FromProcess_no_such_process_says_gone()
    {
        var pid = int.Parse(File.ReadAllText("/proc/sys/kernel/pid_max")) - 1;

        var reading = HaproxyInvocation.FromProcess(pid);

        Assert.Equal(InvocationFault.ProcessGone, reading.Fault);
        Assert.Contains($"{pid}", reading.Message);
    }

    [Fact]
    public async Task FromProcess_another_program_is_not_understood()
    {
        using var cat = Process.Start(
            new ProcessStartInfo("cat", ["-"]) { UseShellExecute = false, RedirectStandardInput = true })!;
        try
        {
            Assert.Contains(HaproxyInvocation.FromProcess(cat.Id).Fault, NotReadAsHaproxy);
        }
        finally
        {
            cat.StandardInput.Close();
            await cat.WaitForExitAsync();
        }
    }

    [Fact]
    public void FromProcess_another_users_process_says_not_permitted()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can try to be somebody else");

        // Access to /proc is judged by the user for file access, so this process's own is closed to "nobody" too.
        var reading = AsUser.Nobody(() => HaproxyInvocation.FromProcess(1));

        Assert.Contains(reading.Fault, NotReadAsHaproxy.Append(InvocationFault.NotPermitted));
    }

    [Fact]
    public void Equals_same_parts_are_equal()
    {
        var one = Told("a.cfg");

        Assert.Equal(one, Told("a.cfg"));
        Assert.Equal(one.GetHashCode(), Told("a.cfg").GetHashCode());
        Assert.NotEqual(one, Told("b.cfg"));
        Assert.NotEqual(one, one with { Environment = new Dictionary<string, string> { ["A"] = "2" } });
    }

    [Fact]
    public void ConfigFolder_option_C_starts_at_the_working_folder()
    {
        Assert.Equal("/etc", Told("a").ConfigFolder);
        Assert.Equal("/etc/haproxy", (Told("a") with { Options = ["-C", "haproxy"] }).ConfigFolder);
        Assert.Equal("/srv", (Told("a") with { Options = ["-C", "haproxy", "-C", "/srv"] }).ConfigFolder);
    }

    private static HaproxyInvocation Told(string path) => new()
    {
        Executable = "haproxy",
        ConfigPaths = [path],
        WorkingFolder = "/etc",
        Environment = new Dictionary<string, string> { ["A"] = "1" },
    };

    private static InvocationFault?[] NotReadAsHaproxy { get; } =
        [InvocationFault.NotUnderstood, InvocationFault.NoConfigFiles];

    private static string Proxy =>
        "defaults\n  mode tcp\n  timeout client 5s\n  timeout server 5s\n  timeout connect 1s\n"
        + $"listen f\n  bind \"${{PUBIP}}:{Ports.Take()}\"\n";
}
