using System.Diagnostics;
using HaproxyKit.Syntax;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Properties;

/// <summary>Four times the text may take about four times the time, whatever is in it.</summary>
public sealed class LinearTimeTests
{
    private const int Small = 1 << 18;

    // Linear work gives 4, quadratic work 16. The rest is for a machine that does other things too.
    private const double MostTimes = 9;
    private const int Attempts = 5;

    private static readonly ConfigEnvironment Variables = ConfigEnvironment.From([new("A", "b c"), new("E", "")]);

    [Theory]
    [InlineData("a")]
    [InlineData("ab ")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("\\")]
    [InlineData("\\ ")]
    [InlineData("\\x41")]
    [InlineData("\\x4")]
    [InlineData("\\x00")]
    [InlineData("x\"")]
    [InlineData("\"a b\" ")]
    [InlineData("${")]
    [InlineData("\"${")]
    [InlineData("\"${A")]
    [InlineData("\"${A-")]
    [InlineData("\"$A\"")]
    [InlineData("\"${A[*]}\" ")]
    [InlineData("\"$NOPE\" ")]
    [InlineData("\"$1\" ")]
    [InlineData("\r")]
    [InlineData(" \r")]
    [InlineData("\0")]
    [InlineData("[")]
    [InlineData(" [")]
    [InlineData("a [")]
    [InlineData("[a] ")]
    [InlineData("#")]
    [InlineData("\u00ff")]
    public void A_single_line_is_read_in_linear_time(string piece) => IsLinear(size => Repeat("", piece, size));

    [Theory]
    [InlineData(" \t \t \t \t \t \t \t \t \t \t \t \t")]
    [InlineData("\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"")]
    public void A_single_line_that_begins_with_half_of_nothing_is_read_in_linear_time(string start) => IsLinear(
        size => [.. Repeat("", start, size / 2), .. Repeat("a", " [", size / 2)]);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("#\n")]
    [InlineData("# c\n")]
    [InlineData("backend a\n")]
    [InlineData("# c\nbackend a\n")]
    [InlineData("\"backend\" 'a'\n")]
    [InlineData("global\n")]
    [InlineData("mode http\n")]
    [InlineData(".if 1\n")]
    [InlineData(".else\n")]
    [InlineData("[a]\n")]
    [InlineData("x\0\n")]
    [InlineData("\"\n")]
    [InlineData("global\nsetenv A a\n")]
    [InlineData("x \"$A ${NOPE-d} $.LINE\"\n")]
    public void Lines_are_read_in_linear_time(string lines) => IsLinear(size => Repeat("", lines, size));

    [Fact]
    public void Comments_up_to_the_last_header_are_read_in_linear_time() => IsLinear(
        size => [.. Repeat("", "#\n", size), .. "global\n"u8]);

    [Fact]
    public void Sections_of_different_names_are_read_in_linear_time() => IsLinear(
        size => Latin1.Bytes(string.Concat(Enumerable.Range(0, size / 16).Select(i => $"backend b{i:D6}\n"))));

    [Fact]
    public void A_line_of_ten_megabytes_is_read_whole()
    {
        var text = Repeat("x ", "0123456789 ", 10 << 20);
        var words = 0;
        foreach (var _ in ConfigDocument.Parse(text).GetSection(0)[0].Words)
        {
            words++;
        }

        Assert.Equal(1 + ((10 << 20) / 11), words);
    }

    private static void IsLinear(Func<int, byte[]> make)
    {
        var (small, large) = (make(Small), make(4 * Small));
        ReadAll(make(Small / 8));
        var best = double.MaxValue;
        for (var attempt = 0; attempt < Attempts && best > MostTimes; attempt++)
        {
            best = Math.Min(best, Time(large) / Time(small));
        }

        Assert.True(best <= MostTimes, $"4 times the text takes {best:F1} times the time");
    }

    private static double Time(byte[] text)
    {
        var watch = Stopwatch.StartNew();
        ReadAll(text);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void ReadAll(byte[] text)
    {
        var document = ConfigDocument.Parse(text);
        var words = 0;
        foreach (var section in document.Sections)
        {
            foreach (var line in section.Lines)
            {
                foreach (var word in line.Words)
                {
                    words += word.Is("no"u8) ? 2 : 1;
                }
            }
        }

        Assert.True(words >= 0);
        Assert.NotEqual(1, document.FindSections(SectionKind.Backend, "a").Length - document.SectionCount);
        _ = document.Diagnose();
        foreach (var line in document.Expand(Variables))
        {
            words += line.Words.Count;
        }

        if (document.SectionCount > 0)
        {
            var middle = document.SectionCount / 2;
            var changed = document.ReplaceLines(middle, 0, 1, "x\n"u8).ReplaceLines(0, 0, 0, "backend z\n"u8);
            Assert.True(changed.Length > 0);
        }

        Assert.Equal(text.Length, document.ToBytes().Length);
    }

    private static byte[] Repeat(string start, string piece, int size)
    {
        var bytes = Latin1.Bytes(piece);
        var text = new byte[start.Length + (size / bytes.Length * bytes.Length)];
        Latin1.Bytes(start).CopyTo(text, 0);
        for (var at = start.Length; at < text.Length; at += bytes.Length)
        {
            bytes.CopyTo(text, at);
        }

        return text;
    }
}
