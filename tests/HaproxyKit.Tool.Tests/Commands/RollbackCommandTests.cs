using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class RollbackCommandTests
{
    [Theory]
    [InlineData("2.6")]
    [InlineData("3.0")]
    [InlineData("3.2")]
    public async Task Rollback_undoes_the_change_and_keeps_what_others_wrote_since(string branch)
    {
        await using var haproxy = await ControlledHaproxy.StartAsync(branch);
        var before = haproxy.Text;
        var worker = await haproxy.Instance.WorkerPidAsync();
        (await haproxy.RunAsync("apply", haproxy.Candidate("s1 127.0.0.2:80", "s1 127.0.0.9:81"))).MustEndWith(0);
        File.WriteAllText(haproxy.Target, haproxy.Text.Replace("# the node", "# the operator's node", StringComparison.Ordinal) + "# an editor's save\n");
        var edited = haproxy.Text;

        var dry = (await haproxy.RunAsync("rollback", "--dry-run")).MustEndWith(0);
        Assert.Contains("\n  set app/s1 to 127.0.0.2:80\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal(edited, haproxy.Text);

        var run = (await haproxy.RunAsync("rollback")).MustEndWith(0);

        Assert.StartsWith($"{haproxy.Target}: undone change 1, in ", run.Output, StringComparison.Ordinal);
        Assert.Equal(before.Replace("# the node", "# the operator's node", StringComparison.Ordinal) + "# an editor's save\n", haproxy.Text);
        Assert.Equal("127.0.0.2:80", await haproxy.AddressAsync("s1"));
        Assert.Equal(worker, await haproxy.Instance.WorkerPidAsync());
        var none = await haproxy.RunAsync("rollback");
        none.MustFailWith(1, $"{haproxy.StateFolder} knows no change of {haproxy.Target} that could be undone");
    }

    [Fact]
    public async Task Rollback_to_a_change_undoes_all_after_it()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync();
        (await haproxy.RunAsync("apply", haproxy.Candidate("s1 127.0.0.2:80", "s1 127.0.0.9:81"))).MustEndWith(0);
        var first = haproxy.Text;
        (await haproxy.RunAsync("apply", haproxy.Candidate("s2 127.0.0.3:80", "s2 127.0.0.8:81"))).MustEndWith(0);
        (await haproxy.RunAsync("apply", haproxy.Candidate("timeout client 9s", "timeout client 8s"))).MustEndWith(0);

        var unknown = await haproxy.RunAsync("rollback", "--to", "7");
        unknown.MustFailWith(2, "there is no change 7: --to is 0 or one of 3, 2, 1");
        var undone = await haproxy.RunJsonAsync(0, "rollback", "--to", "1");

        Assert.Equal("applied", undone.GetProperty("outcome").GetString());
        Assert.Equal([3, 2], undone.GetProperty("undone").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal(first, haproxy.Text);
        Assert.Equal(("127.0.0.9:81", "127.0.0.3:80"), (await haproxy.AddressAsync("s1"), await haproxy.AddressAsync("s2")));
    }

    [Fact]
    public async Task Rollback_of_a_change_that_others_wrote_into_is_refused_with_the_place()
    {
        await using var haproxy = await ControlledHaproxy.StartAsync();
        (await haproxy.RunAsync("apply", haproxy.Candidate("s1 127.0.0.2:80", "s1 127.0.0.9:81"))).MustEndWith(0);
        File.WriteAllText(haproxy.Target, haproxy.Text.Replace("127.0.0.9:81", "127.0.0.9:81 weight 10", StringComparison.Ordinal));
        var edited = haproxy.Text;

        var run = await haproxy.RunAsync("rollback");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"haproxykit: {haproxy.Target}: backend 'app', line 14: the change's lines were changed by others since\n"
            + "haproxykit: change 1 cannot be undone whole, so nothing was done: mend these places by hand and apply the file\n",
            run.Errors);
        Assert.Equal(edited, haproxy.Text);
        Assert.Equal("127.0.0.9:81", await haproxy.AddressAsync("s1"));
    }
}
