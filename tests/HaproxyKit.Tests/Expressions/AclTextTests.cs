using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Expressions;

/// <summary>Patterns of ACLs, as HAProxy reads them.</summary>
[Collection("HAProxy's verdicts on expressions")]
public sealed class AclTextTests
{
    public static TheoryData<string> Branches => [.. HaproxyPrograms.Branches];

    [Theory]
    [InlineData("80", 80L, 80L)]
    [InlineData("1:5", 1L, 5L)]
    [InlineData("1-5", 1L, 5L)]
    [InlineData(":5", null, 5L)]
    [InlineData("-5", null, 5L)]
    [InlineData("5:", 5L, null)]
    [InlineData(":-5", null, -5L)]
    public void Integer_pattern_is_a_range(string text, long? minimum, long? maximum)
    {
        Assert.True(AclInteger.TryParse(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(new AclInteger(minimum, maximum), value);
    }

    [Theory]
    [InlineData("gt", "5", "6:")]
    [InlineData("ge", "5", "5:")]
    [InlineData("lt", "5", ":4")]
    [InlineData("le", "5", ":5")]
    [InlineData("eq", "5", "5")]
    [InlineData("ne", "5", "5")]
    [InlineData("gt", "1.9", "2:")]
    [InlineData("gt", "1:5", "1:5")]
    public void Integer_pattern_behind_an_operator_is_a_range(string @operator, string text, string range)
    {
        Assert.True(AclInteger.TryParse(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(@operator), out var value));
        Assert.Equal(range, value.ToString());
    }

    [Theory]
    [MemberData(nameof(Branches))]
    public void Integer_pattern_is_refused_where_HAProxy_refuses_it(string branch)
    {
        string[] operators = ["", "eq", "ne", "gt", "ge", "lt", "le"];
        string[] texts =
        [
            "0", "5", "007", ":5", "5:", "1:5", "5:1", "1-5", "5-1", "-5", "5-", ":-5", "-5:-3", ":", "-", "1:2:3", "+5", "0x5", "1.5", "1.", ".5", "a", "5a", "gt5", "GT",
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "99999999999999999999", "1 ", " 1", "1:5a", "--5",
        ];
        var cases = operators.SelectMany(_ => texts, (@operator, text) => (Operator: @operator, Text: text)).ToList();
        var verdicts = HaproxyVerdicts.Of(
            HaproxyPrograms.Of(branch),
            [.. cases.Select((c, i) => HaproxyVerdicts.Line(
                string.Create(CultureInfo.InvariantCulture, $"acl i{i} dst_port -- {c.Operator}"), c.Text))]);
        Assert.Equal(
            cases.Zip(verdicts, (c, verdict) => $"{c.Operator} '{c.Text}': {verdict is null}"),
            cases.Select(c => $"{c.Operator} '{c.Text}': {IsTaken(c.Operator, c.Text)}"));

        static bool IsTaken(string @operator, string text) => @operator.Length == 0
            ? AclInteger.TryParse(Encoding.UTF8.GetBytes(text), out _)
            : AclInteger.TryParse(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(@operator), out _);
    }

    [Theory]
    [InlineData("", AclPatternSlot.AfterFlags)]
    [InlineData("\0", AclPatternSlot.AfterFlags)]
    [InlineData("}", AclPatternSlot.InBraces)]
    [InlineData("-i", AclPatternSlot.None)]
    [InlineData("lower", AclPatternSlot.None)]
    [InlineData("lower,x", AclPatternSlot.None)]
    [InlineData("gt", AclPatternSlot.AfterFlags | AclPatternSlot.Numbers)]
    [InlineData("x", AclPatternSlot.AfterFlags | AclPatternSlot.Numbers)]
    public void DescribeRefusal_pattern_that_means_something_else_is_refused(string value, AclPatternSlot slot) =>
        Assert.NotNull(AclPatternText.DescribeRefusal(Encoding.UTF8.GetBytes(value), slot));

    [Theory]
    [InlineData("}", AclPatternSlot.None)]
    [InlineData("{", AclPatternSlot.InBraces)]
    [InlineData("or", AclPatternSlot.InBraces | AclPatternSlot.AfterFlags)]
    [InlineData("-i", AclPatternSlot.AfterFlags)]
    [InlineData("lower", AclPatternSlot.AfterFlags)]
    [InlineData("lowered", AclPatternSlot.None)]
    [InlineData("gt", AclPatternSlot.AfterFlags)]
    [InlineData("1:5", AclPatternSlot.Numbers)]
    public void DescribeRefusal_pattern_that_means_itself_is_not_refused(string value, AclPatternSlot slot) =>
        Assert.Null(AclPatternText.DescribeRefusal(Encoding.UTF8.GetBytes(value), slot));

    [Fact]
    public void Words_end_the_flags_where_the_first_pattern_would_be_one()
    {
        Assert.Equal(["--", "-i", "-m"], AclPatternText.Words(["-i", "-m"], AclPatternSlot.None));
        Assert.Equal(["--", "lower"], AclPatternText.Words(["lower"], AclPatternSlot.None));
        Assert.Equal(["-i"], AclPatternText.Words(["-i"], AclPatternSlot.AfterFlags));
        Assert.Equal(["a", "-i"], AclPatternText.Words(["a", "-i"], AclPatternSlot.None));
        Assert.Throws<ArgumentException>(() => AclPatternText.Words([""], AclPatternSlot.None));
        Assert.Throws<ArgumentException>(() => AclPatternText.Words(["a", "}"], AclPatternSlot.InBraces));
    }

    [Fact]
    public async Task Pattern_that_names_a_converter_is_none_behind_the_end_of_flags()
    {
        var port = Ports.Take();
        var acl = new AnonymousAcl(new AclExpression(new SampleExpression(new SampleCall("str", ["UPPER"]))) { Patterns = ["lower", "UPPER"] });
        var read = new AnonymousAcl(AclExpression.Parse("str(UPPER) lower UPPER").GetValueOrThrow());
        Assert.Equal("{ str(UPPER) -- lower UPPER }", acl.ToString());
        Assert.Equal("{ str(UPPER) lower UPPER }", read.ToString());
        await using var haproxy = await HaproxyInstance.StartAsync(
            $"{HaproxyInstance.Global}defaults\n mode http\n timeout client 5s\n timeout server 5s\n timeout connect 5s\nfrontend f\n bind 127.0.0.1:{port}\n"
            + $" http-request set-var(txn.written) str(yes) if {acl}\n http-request set-var(txn.read) str(yes) if {read}\n"
            + " http-request return status 200 content-type text/plain lf-string \"%[var(txn.written)] %[var(txn.read)]\"\n");
        Assert.Equal("yes", (await HttpProbe.AskAsync(port))?.Trim(' ', '-'));
    }
}
