using System.Diagnostics;
using System.Globalization;
using System.Text;
using HaproxyKit.EdgeScript;

namespace HaproxyKit.Tests.EdgeScript;

/// <summary>Work grows with the size of a script and with nothing else. Eight times the text would be 64 times the work if it were quadratic.</summary>
public sealed class EdgeScriptWorkTests
{
    private const int Factor = 8;
    private const int MaxTimeRatio = 32;
    private const int MaxBytesRatio = 10;

    [Fact]
    public void Statements_10_000_are_read_and_compiled_in_linear_work() => AssertLinear(10_000, count =>
    {
        var text = new StringBuilder();
        for (var i = 1; i <= count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"# entry {i}\nlisten {i} as entry-{i} {{\n  to 192.0.2.1, 192.0.2.2 port {i}\n  check every 2s\n}}\n");
        }

        return text.ToString();
    });

    [Fact]
    public void Mistakes_in_10_000_statements_are_told_in_linear_work() => AssertLinear(10_000, count =>
        string.Concat(Enumerable.Repeat("listen 443 as a to x prot 1 # c\nlisten 443 as a {\n to phonehome port 0\n", count / 2)));

    [Theory]
    [InlineData("listen 443 as a to ", "192.0.2.1, ", "192.0.2.2 port 1")]
    [InlineData("listen 443 as a to ", "n,", "")]
    [InlineData("listen 443 as a to x port 1 check ", "fall 3 ", "")]
    [InlineData("", "{ ", "")]
    [InlineData("", "} ", "")]
    [InlineData("", "{ } ", "")]
    [InlineData("", "x { } ", "")]
    [InlineData("listen 443 as a {", "listen { ", "")]
    [InlineData("listen 443 as ", "a", " to x port 1")]
    [InlineData("listen 443 as a to ", ":", " port 1")]
    [InlineData("listen 443 as a to ", "a.", "a port 1")]
    [InlineData("listen ", "9", " as a to x port 1")]
    [InlineData("listen 443 as a to x port 1 check every ", "9", "s")]
    [InlineData("# ", "#", "")]
    [InlineData("", "\r", "")]
    public void Line_of_a_megabyte_is_read_in_linear_work(string head, string repeated, string tail) =>
        AssertLinear(1_000_000 / repeated.Length, count => $"{head}{new StringBuilder().Insert(0, repeated, count)}{tail}");

    [Fact]
    public void Block_of_a_megabyte_is_read_in_linear_work() =>
        AssertLinear(1_000_000 / 6, count => $"listen 443 as a {{\n{new StringBuilder().Insert(0, "check\n", count)}to x port 1\n}}");

    private static void AssertLinear(int count, Func<int, string> make)
    {
        var (small, large) = (make(count / Factor), make(count));
        Measure(small);
        var (smallTime, smallBytes) = Measure(small);
        var (largeTime, largeBytes) = Measure(large);
        Assert.True(largeBytes <= (smallBytes * MaxBytesRatio) + 100_000, $"{smallBytes} bytes became {largeBytes}");

        // What takes no time needs no ratio; the floor keeps a busy machine out of it.
        var floor = TimeSpan.FromMilliseconds(20);
        Assert.True(largeTime <= (smallTime < floor ? floor : smallTime) * MaxTimeRatio, $"{smallTime} became {largeTime}");
    }

    private static (TimeSpan Time, long Bytes) Measure(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var compiled = EdgeScriptDocument.Parse(bytes).Compile();
        var result = (clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(compiled.Diagnostics.Any(d => d.Severity == HaproxyKit.Diagnostics.DiagnosticSeverity.Error), !compiled.IsSuccess);
        return result;
    }
}
