using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

public sealed class UseBackendListTests
{
    [Theory]
    [InlineData("if { path")]
    [InlineData("if path }")]
    [InlineData("when { path /x }")]
    [InlineData("if a/b")]
    public void Add_condition_that_HAProxy_cannot_read_is_refused_and_nothing_changes(string condition)
    {
        var frontend = new HaproxyConfig().Frontends.Add("f", _ => { });
        var before = frontend.Config.ToString();

        Assert.Throws<ArgumentException>(() => frontend.UseBackends.Add("app", condition));

        Assert.Equal(before, frontend.Config.ToString());
    }

    [Theory]
    [InlineData("if { path /x }")]
    [InlineData("if { path \"/a b\" /c\\ d '/e }' }")]
    [InlineData("unless !a or { src 192.0.2.0/24 } || b")]
    public void Add_condition_stands_as_it_was_given(string condition)
    {
        var frontend = new HaproxyConfig().Frontends.Add("f", _ => { });

        Assert.Equal($"use_backend app {condition}", frontend.UseBackends.Add("app", condition).Text.Trim());
    }
}
