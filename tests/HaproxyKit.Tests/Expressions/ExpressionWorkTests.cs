using System.Diagnostics;
using System.Text;
using HaproxyKit.Expressions;

namespace HaproxyKit.Tests.Expressions;

/// <summary>
/// Work grows with the size of a text and with nothing else. Eight times the text would be 64 times the work if it were quadratic. No
/// expression nests, so that there is no depth to limit: what opens often stays as flat as the rest.
/// </summary>
public sealed class ExpressionWorkTests
{
    private const int Factor = 8;
    private const int MaxTimeRatio = 32;
    private const int MaxBytesRatio = 10;
    private const int Megabyte = 1_000_000;

    [Theory]
    [InlineData("src", ",lower", "")]
    [InlineData("src", ",", "")]
    [InlineData("src", ",", "lower(")]
    [InlineData("src(", "(", "")]
    [InlineData("src(", "(", ")")]
    [InlineData("src(", "a,", ")")]
    [InlineData("src(", ",", ")")]
    [InlineData("src(", "\\", "a)")]
    [InlineData("src(", "\\\\", ")")]
    [InlineData("src(", "''", ")")]
    [InlineData("src(", "\"", "")]
    [InlineData("src(\"", "\\\"", "\")")]
    [InlineData("src(\"", "'a", "\")")]
    [InlineData("", "a", "")]
    [InlineData("src", " ", "")]
    public void Sample_expression_of_a_megabyte_is_read_in_linear_work(string head, string repeated, string tail) =>
        AssertLinear(head, repeated, tail, text => SampleExpression.Parse(text) is { IsSuccess: true } result ? result.Value.ToString() : text);

    [Theory]
    [InlineData("", "%", "")]
    [InlineData("", "%%", "")]
    [InlineData("", "%.", "")]
    [InlineData("", "%ci ", "")]
    [InlineData("", "%[src]", "")]
    [InlineData("", "%[", "")]
    [InlineData("", "%{+Q}", "")]
    [InlineData("%{", "+Q,", "}ci")]
    [InlineData("", "%{+Q}[src]", "")]
    [InlineData("", "%(n)ci ", "")]
    [InlineData("%(", "n", ")ci")]
    [InlineData("%[src", ",lower", "]")]
    [InlineData("", "a", "")]
    [InlineData("", "é%%", "")]
    public void Log_format_of_a_megabyte_is_read_in_linear_work(string head, string repeated, string tail) =>
        AssertLinear(head, repeated, tail, text => LogFormat.Parse(text) is { IsSuccess: true } result ? result.Value.ToString() : text);

    [Theory]
    [InlineData("if ", "a ", "")]
    [InlineData("if ", "! ", "a")]
    [InlineData("if ", "!", "a")]
    [InlineData("if ", "a or ", "a")]
    [InlineData("if ", "or ", "a")]
    [InlineData("if ", "{ ", "")]
    [InlineData("if ", "{ src 10.0.0.1 } ", "")]
    [InlineData("if ", "!{ str('a b') -i -m str -- x y } ", "")]
    [InlineData("if { src ", "10.0.0.1 ", "}")]
    [InlineData("if { src ", "-i ", "}")]
    [InlineData("if { src ", "-f x ", "}")]
    [InlineData("if ", "'a' ", "")]
    [InlineData("if ", "\"a ", "")]
    [InlineData("if ", "a", "")]
    public void Condition_of_a_megabyte_is_read_in_linear_work(string head, string repeated, string tail) =>
        AssertLinear(head, repeated, tail, text => AclCondition.Parse(text) is { IsSuccess: true } result ? result.Value.ToString() : text);

    [Fact]
    public void Scanners_allocate_nothing()
    {
        var sample = "req.hdr(\"a,b\",'c'),lower,regsub(\\\\1,,g)"u8.ToArray();
        var format = "%ci:%cp [%tr] %{+Q}r %[req.hdr(host),lower] 100%% %(name:str)ST %[str(])]"u8.ToArray();
        byte[][] words = [.. "if !a b or !{ path_beg -i -m str -- /a /b } || { src -f x 10.0.0.0/8 }".Split(' ').Select(Encoding.ASCII.GetBytes)];
        Scan(sample, format, words);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var steps = Scan(sample, format, words);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        var (calls, arguments, parts) = (3, 5, 15);
        Assert.Equal(calls + arguments + parts + words.Length, steps);
    }

    private static int Scan(byte[] sample, byte[] format, byte[][] words)
    {
        var steps = 0;
        var calls = new SampleExpressionScanner(sample);
        while (calls.MoveNext())
        {
            steps++;
            foreach (var argument in new SampleArgumentScanner(sample, calls.Arguments))
            {
                steps += argument.Length >= 0 ? 1 : 0;
            }
        }

        var parts = new LogFormatScanner(format);
        while (parts.MoveNext())
        {
            steps++;
            _ = LogFormatAliases.TryFind(format.AsSpan(parts.Content.Start, parts.Content.Length), out _);
        }

        var condition = AclScanner.OfCondition();
        foreach (var word in words)
        {
            steps += condition.Next(word) ? 1 : 0;
        }

        Assert.True(condition.End());
        return steps;
    }

    private static void AssertLinear(string head, string repeated, string tail, Func<string, string> read)
    {
        string Make(int count) => $"{head}{new StringBuilder().Insert(0, repeated, count)}{tail}";
        var count = Megabyte / repeated.Length;
        var (small, large) = (Make(count / Factor), Make(count));
        Measure(Make(count / Factor / Factor), read);
        var (smallTime, smallBytes) = Measure(small, read);
        var (largeTime, largeBytes) = Measure(large, read);
        Assert.True(largeBytes <= (smallBytes * MaxBytesRatio) + 100_000, $"{smallBytes} bytes became {largeBytes}");

        // What takes no time needs no ratio; the floor keeps a busy machine out of it.
        var floor = TimeSpan.FromMilliseconds(50);
        Assert.True(largeTime <= (smallTime < floor ? floor : smallTime) * MaxTimeRatio, $"{smallTime} became {largeTime}");
    }

    private static (TimeSpan Time, long Bytes) Measure(string text, Func<string, string> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var printed = read(text);
        var result = (clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(text, printed);
        return result;
    }
}
