using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Tests.Reloading;

public sealed class ReloadExpectationTests
{
    [Fact]
    public void Equals_same_frontends_in_any_order_and_any_collection_are_equal()
    {
        var one = new ReloadExpectation { Frontends = ["a", "b"], GoneFrontends = new HashSet<string> { "c" } };
        var same = new ReloadExpectation { Frontends = new List<string> { "b", "a" }, GoneFrontends = ["c"] };

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, same with { GoneFrontends = [] });
        Assert.NotEqual(one, same with { Frontends = ["a", "B"] });
        Assert.Equal(ReloadExpectation.None, new ReloadExpectation());
    }

    [Fact]
    public void Unmet_only_open_frontends_of_the_very_name_meet_it()
    {
        var rows = StatTable.Parse("# pxname,svname,status,type\nopen,FRONTEND,OPEN,0\nshut,FRONTEND,STOP,0\n"
            + "back,BACKEND,UP,1\nheld,FRONTEND,PAUSED,0\nopen,s1,OPEN,2")!;
        var expectation = new ReloadExpectation { Frontends = ["open", "shut", "held", "back", "Open"], GoneFrontends = ["none", "back", "shut"] };

        Assert.Equal(
            [
                "there is no frontend back",
                "there is no frontend Open",
                "the frontend shut is STOP, not OPEN",
                "the frontend held is PAUSED, not OPEN",
                "the frontend shut is still there",
            ],
            expectation.Unmet(rows));
    }
}
