using System.Globalization;
using System.Text;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Model;

/// <summary>An edit costs what it touches, however long the file is.</summary>
public sealed class EditCostTests
{
    private const int Edits = 64;

    [Fact]
    public void One_edit_of_a_long_file_allocates_no_more_than_of_a_short_one()
    {
        var few = BytesPerEdit(sections: 300);
        var many = BytesPerEdit(sections: 10_000);

        // Only the table of pages grows: 8 bytes for every 256 sections.
        Assert.InRange(many - few, -512, 10_000 / 256 * 8 * 2);
        Assert.InRange(many, 0, 16_000);
    }

    [Fact]
    public void Sections_added_to_a_long_file_do_not_each_read_it_anew()
    {
        var few = BytesPerAddedSection(sections: 300);
        var many = BytesPerAddedSection(sections: 10_000);
        Assert.InRange(many, 0, few + 4_000);
    }

    [Fact]
    public void Reading_a_line_of_very_many_words_is_no_work_squared()
    {
        var line = "backend a\n  word " + string.Join(' ', Enumerable.Repeat("w", 200_000)) + "\n";
        var directive = HaproxyConfig.Parse(line).Backends["a"].Directives.Single();
        Assert.Equal(200_000, directive.Arguments.Sum(a => a.Value.Length));
        Assert.False(directive.Arguments.Contains("x"));
        Assert.Equal(399_999, directive.Arguments.ToString().Length);
    }

    [Fact]
    public void Conditions_of_every_line_of_a_long_file_are_no_work_squared()
    {
        var config = new HaproxyConfig(Document(20_000));
        Assert.Equal(20_000, config.Backends.SelectMany(b => b.Servers).Sum(s => s.Conditions.Count));
    }

    [Fact]
    public void Defaults_far_away_are_found_without_looking_at_those_between()
    {
        var few = BytesPerMode(defaults: 100);
        var many = BytesPerMode(defaults: 4_000);

        Assert.InRange(many, 0, few + 1_000);
    }

    [Fact]
    public void Long_chain_of_defaults_is_followed_to_its_end()
    {
        const int Length = 20_000;
        var text = new StringBuilder("defaults d0\n    mode http\n");
        for (var i = 1; i < Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"defaults d{i} from d{i - 1}\n");
        }

        var config = HaproxyConfig.Parse(text.Append(CultureInfo.InvariantCulture, $"backend b from d{Length - 1}\n").ToString());
        Assert.Equal(ProxyMode.Http, config.Backends["b"].Effective.Mode.Value);
    }

    private static double BytesPerMode(int defaults)
    {
        var text = new StringBuilder("defaults first\n    mode http\n");
        for (var i = 0; i < defaults; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"defaults d{i}\n");
        }

        var backend = HaproxyConfig.Parse(text.Append("backend b from first\n").ToString()).Backends["b"];
        Assert.Equal(ProxyMode.Http, backend.Effective.Mode.Value);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Edits; i++)
        {
            Assert.Equal(ProxyMode.Http, backend.Effective.Mode.Value);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Edits;
    }

    private static double BytesPerEdit(int sections)
    {
        var config = new HaproxyConfig(Document(sections));
        EditOnce(config, 0);
        return Measure(i => EditOnce(config, i * (sections / Edits)));
    }

    private static void EditOnce(HaproxyConfig config, int section)
    {
        config.Backends[$"b{section}"].Servers["s1"].Address = new("10.9.9.9", 8_000 + section % 1_000);
        Assert.NotNull(config.Document);
    }

    private static double BytesPerAddedSection(int sections)
    {
        var config = new HaproxyConfig(Document(sections));
        config.Backends.Add("first");
        return Measure(i => config.Backends.Add($"n{i}", b => b.Server("s1", new("10.0.0.1", 80))));
    }

    private static double Measure(Action<int> edit)
    {
        edit(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < Edits; i++)
        {
            edit(i);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Edits - 1);
    }

    private static ConfigDocument Document(int sections)
    {
        var text = new StringBuilder();
        for (var i = 0; i < sections; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"backend b{i}\n    mode http\n.if 1\n    server s1 10.0.0.1:80 check weight 10 # the first\n.endif\n\n");
        }

        return ConfigDocument.Parse(text.ToString());
    }
}
