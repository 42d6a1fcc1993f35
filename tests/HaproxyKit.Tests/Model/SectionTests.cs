using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Model;

public sealed class SectionTests
{
    [Fact]
    public void Name_is_changed_in_the_header_alone()
    {
        var config = HaproxyConfig.Parse("backend  app\tfrom  d # c\n  mode tcp\nfrontend web\n  default_backend app\n");
        config.Backends["app"].Name = "shop";
        Assert.Equal("backend  shop\tfrom  d # c\n  mode tcp\nfrontend web\n  default_backend app\n", config.ToString());
        Assert.False(config.Backends.Contains("app"));
        Assert.Equal("shop", config.Backends["shop"].Name);
        Assert.Throws<ArgumentException>(() => config.Backends["shop"].Name = "a b");
        Assert.Throws<ArgumentNullException>(() => config.Backends["shop"].Name = null!);
    }

    [Fact]
    public void Name_that_is_not_there_cannot_be_changed()
    {
        var config = HaproxyConfig.Parse("x\nglobal\ndefaults\ndefaults from d\n");
        Assert.All(config.Sections.Where(s => s.Kind != SectionKind.Global), s => Assert.Throws<InvalidOperationException>(() => s.Name = "x"));
        Assert.Throws<ArgumentException>(() => config.Global!.Name = "x");
        Assert.Throws<ArgumentException>(() => config.Defaults.Add("from"));
    }

    [Fact]
    public void From_is_read_where_it_stands()
    {
        var config = HaproxyConfig.Parse("defaults a\ndefaults b from a\ndefaults from b\nfrontend f from b\nbackend from from b # c\nbackend from\nlisten l from\n");
        Assert.Equal([null, "a", "b", "b", "b", null, null], config.Sections.Cast<ProxySection>().Select(s => s.From));
        Assert.Equal(["a", "b", "", "f", "from", "from", "l"], config.Sections.Select(s => s.Name));
    }

    [Fact]
    public void From_is_set_and_removed_in_the_header()
    {
        var config = HaproxyConfig.Parse("defaults\ndefaults a\nbackend app # c\nlisten l from\n");
        foreach (var section in config.Sections.Cast<ProxySection>())
        {
            section.From = "base";
            Assert.Equal("base", section.From);
        }

        Assert.Equal("defaults from base\ndefaults a from base\nbackend app from base # c\nlisten l from base\n", config.ToString());
        config.Backends["app"].From = "other";
        config.Defaults["a"].From = null;
        config.Defaults[""].From = null;
        Assert.Equal("defaults\ndefaults a\nbackend app from other # c\nlisten l from base\n", config.ToString());
        Assert.Throws<ArgumentException>(() => config.Backends["app"].From = "a b");
    }

    [Fact]
    public void Comments_above_the_header_belong_to_the_section()
    {
        var config = HaproxyConfig.Parse("# file\n\n#one\n#  two \nbackend a\n  mode tcp\n  # inside\n# three\nbackend b\n");
        Assert.Equal(["one", "two"], config.Backends["a"].Comments);
        config.Backends["a"].Comments = ["one", "2", "3"];
        Assert.Equal("# file\n\n#one\n# 2\n# 3\nbackend a\n  mode tcp\n  # inside\n# three\nbackend b\n", config.ToString());
        config.Backends["b"].Remove();
        config.Backends["a"].Comments = [];
        Assert.Equal("# file\n\nbackend a\n  mode tcp\n  # inside\n", config.ToString());
        Assert.Throws<ArgumentException>(() => config.Backends["a"].Comments = ["fine", "a\nb"]);
        Assert.Throws<ArgumentNullException>(() => config.Backends["a"].Comments = ["fine", null!]);
        Assert.Throws<InvalidOperationException>(() => config.Sections[0].Comments = ["x"]);
        Assert.Empty(config.Sections[0].Comments);
    }

    [Fact]
    public void Comments_of_a_tab_and_without_blanks_stay_as_written()
    {
        var config = HaproxyConfig.Parse("#a\tb\n##\n#\nbackend a\n");
        Assert.Equal(["a\tb", "#", ""], config.Backends["a"].Comments);
        config.Backends["a"].Comments = [.. config.Backends["a"].Comments, "c\td"];
        Assert.Equal("#a\tb\n##\n#\n# c\td\nbackend a\n", config.ToString());
    }

    [Fact]
    public void Removed_section_throws_with_its_lines()
    {
        var config = HaproxyConfig.Parse("backend a\n  mode tcp\nbackend b\n");
        var (section, line) = (config.Backends["a"], config.Backends["a"].Directives.Single());
        section.Remove();
        Assert.Equal((true, true, "backend b\n"), (section.IsRemoved, line.IsRemoved, config.ToString()));
        Assert.Throws<InvalidOperationException>(() => section.Name);
        Assert.Throws<InvalidOperationException>(() => section.Directives.Count);
        Assert.Throws<InvalidOperationException>(section.Remove);
        Assert.Throws<InvalidOperationException>(() => line.Section);
        Assert.Equal("(removed)", section.ToString());
    }

    [Fact]
    public void The_only_section_removed_that_leaves_a_condition_is_removed()
    {
        var config = HaproxyConfig.Parse("backend a\n.if 1\n");
        var section = config.Backends["a"];
        section.Remove();
        Assert.Equal((true, ".if 1\n"), (section.IsRemoved, config.ToString()));
        Assert.Equal(SectionKind.None, Assert.Single(config.Sections).Kind);
    }

    [Fact]
    public void Other_kinds_are_read_and_written_generically()
    {
        var config = HaproxyConfig.Parse("userlist admins\n  user a password x\n\npeers near\n  peer me 10.0.0.1:1024\n");
        var peers = config.SectionsOf(SectionKind.Peers)["near"];
        peers.Directives["peer"].Single().Arguments[1].Value = "10.0.0.2:1024";
        peers.Directives.Add("peer", "you", "10.0.0.3:1024");
        config.SectionsOf(SectionKind.Userlist)["admins"].Directives.Add("user", "b", "insecure-password", "p # w");
        config.SectionsOf(SectionKind.Resolvers).Add("dns", r => r.Directives.Add("nameserver", "n1", "10.0.0.1:53"));
        Assert.Equal(
            "userlist admins\n  user a password x\n  user b insecure-password 'p # w'\n\npeers near\n  peer me 10.0.0.2:1024\n  peer you 10.0.0.3:1024\n\nresolvers dns\n  nameserver n1 10.0.0.1:53\n",
            config.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => config.SectionsOf(SectionKind.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => config.SectionsOf((SectionKind)200));
        Assert.Throws<InvalidOperationException>(() => config.SectionsOf(SectionKind.Peers).Add());
        Assert.Throws<ArgumentException>(() => config.SectionsOf(SectionKind.Traces).Add("x"));
        Assert.Equal("traces\n", config.SectionsOf(SectionKind.Traces).Add().ToString());
    }
}
