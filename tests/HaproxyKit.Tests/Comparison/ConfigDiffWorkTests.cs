using System.Diagnostics;
using System.Text;
using HaproxyKit.Comparison;
using HaproxyKit.Model;
using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Comparison;

/// <summary>Four times the text may take about four times the time, whatever is in it.</summary>
public sealed class ConfigDiffWorkTests(ITestOutputHelper output)
{
    private const int Small = 1 << 17;
    private const double MostTimes = 9;
    private const int Attempts = 5;

    [Theory]
    [InlineData("backend a\n", "backend a\n mode tcp\n")]
    [InlineData("backend a\n mode tcp\n", "backend a\n mode http\n")]
    [InlineData("defaults\n x\nbackend a\n", "backend a\n x\ndefaults\n")]
    [InlineData("global\n", "defaults\n")]
    [InlineData(" server s 1.1.1.1:1\n", " server s 2.2.2.2:2\n")]
    [InlineData(" http-request deny\n", " http-request deny if x\n")]
    [InlineData(" http-request deny\n http-request allow\n", " http-request allow\n http-request deny if x\n")]
    [InlineData(" acl a src\n acl b src\n", " acl b src\n acl a src\n")]
    [InlineData(".if A\n", ".if B\n")]
    [InlineData(".if A\n x\n.endif\n", ".if B\n x\n.else\n y\n.endif\n")]
    [InlineData(".if A\n", ".endif\n")]
    [InlineData("[a]\n", "[b]\nbackend x\n")]
    [InlineData("x ", "y ")]
    [InlineData("\"$A\" x\n", "'$A' x\n")]
    public void Hostile_repetition_is_compared_in_linear_time(string before, string after)
    {
        var best = double.MaxValue;
        _ = Time(before, after, Small / 8);
        for (var attempt = 0; attempt < Attempts && best > MostTimes; attempt++)
        {
            best = Math.Min(best, Time(before, after, 4 * Small) / Time(before, after, Small));
        }

        Assert.True(best <= MostTimes, $"4 times the text takes {best:F1} times the time");
    }

    [Fact]
    public void Documents_of_ten_megabytes_that_differ_in_two_lines_are_compared_in_a_part_of_the_time_of_parsing()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(i =>
            $"backend b{i}\n    mode tcp\n    balance roundrobin\n    timeout server 30s\n    server s1 10.0.0.1:80 check weight 10\n    server s2 10.0.0.2:80 check\n    # comment of the section, as long as such comments are\n    option tcp-check\n")));
        var before = ConfigDocument.Parse(text);
        var config = new HaproxyConfig(before);
        config.Backends["b10"].Servers["s1"].Weight = 3;
        config.Backends["b39990"].Servers["s2"].Remove();
        var after = config.Document;
        var (parsing, comparing) = (double.MaxValue, double.MaxValue);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var watch = Stopwatch.StartNew();
            _ = ConfigDocument.Parse(text);
            parsing = Math.Min(parsing, watch.Elapsed.TotalMilliseconds);
            watch.Restart();
            var diff = ConfigDiff.Between(before, after);
            comparing = Math.Min(comparing, watch.Elapsed.TotalMilliseconds);
            Assert.Equal(2, diff.Count);
        }

        output.WriteLine($"{text.Length >> 20} MiB: parsing {parsing:F1} ms, comparing {comparing:F1} ms");
        Assert.True(comparing < 3 * parsing, $"parsing takes {parsing:F1} ms, comparing {comparing:F1} ms");
    }

    private static double Time(string before, string after, int size)
    {
        var (first, second) = (Parse(before, size), Parse(after, size));
        var watch = Stopwatch.StartNew();
        Assert.NotEmpty(ConfigDiff.Between(first, second));
        return watch.Elapsed.TotalMilliseconds;
    }

    private static ConfigDocument Parse(string piece, int size)
    {
        var text = new StringBuilder("frontend first\n");
        while (text.Length < size)
        {
            text.Append(piece);
        }

        return ConfigDocument.Parse(Latin1.Bytes(text.ToString()));
    }
}
