using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Syntax;

public sealed class ConfigEnvironmentTests
{
    [Fact]
    public void Changes_give_a_new_value_and_leave_the_old()
    {
        var one = ConfigEnvironment.Empty.With("A", "1").With("B", "2");
        Assert.Equal("1", one.Get("A"));
        Assert.Null(one.Without("A").Get("A"));
        Assert.Equal(["B"], one.Only(["B", "C"]).Names);
        Assert.Equal("1", one.Get("A"));
        Assert.Null(one.Get("a"));
        Assert.Empty(ConfigEnvironment.Empty.Names);
    }

    [Fact]
    public void From_takes_the_last_value_of_a_name() =>
        Assert.Equal("2", ConfigEnvironment.From([new("A", "1"), new("A", "2")]).Get("A"));

    [Fact]
    public void OfThisProcess_sees_PATH() =>
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), ConfigEnvironment.OfThisProcess().Get("PATH"));
}
