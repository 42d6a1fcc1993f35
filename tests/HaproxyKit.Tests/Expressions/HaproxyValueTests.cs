using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Expressions;

/// <summary>Values that are written for their slot come out of a running HAProxy as they went in.</summary>
[Collection("HAProxy's verdicts on expressions")]
public sealed class HaproxyValueTests
{
    private const int Values = 60;
    private const int SizeOfAValue = 8;

    private static readonly string[] Known =
        ["100%x", "100%[env(HOME)]", "%", "%%", "${HOME}", "$HOME", "a,b", "a)b", "(a", "'", "\"", "\\", "\\\\", "\\n", "a b", " a ", "  ", "\t", "\n", "\r\n", "-i", "--", "}", "{", "or", "lower",
         "lower,upper", "#", "é", "]", "%[src]", "%{+Q}r", "^a.*$", "\\1", "a|b", "[a-z]", "gt", "\\x41"];

    public static TheoryData<string> Branches => [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Argument_of_a_sample_is_the_value(string branch) =>
        await AssertEchoedAsync(branch, value => $"%[str({SampleArgumentText.Escape(value)}),hex]", Hex);

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Argument_of_a_tree_is_the_value(string branch) =>
        await AssertEchoedAsync(
            branch,
            value => new LogFormat([new LogFormatExpressionItem(new SampleExpression(new SampleCall("str", [value]), [new SampleCall("hex")]))]).ToString(),
            Hex);

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Literal_of_a_log_format_is_the_value(string branch) =>
        await AssertEchoedAsync(branch, LogFormatText.Escape, value => value);

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Replacement_of_a_regex_is_the_value(string branch) =>
        await AssertEchoedAsync(
            branch, value => $"%[str(x),regsub(x,{SampleArgumentText.Escape(RegexText.EscapeReplacement(value))}),hex]", Hex);

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Pattern_matches_the_value_alone(string branch) => await AssertMatchedAsync(
        branch,
        value => AclPatternText.DescribeRefusal(Encoding.UTF8.GetBytes(value), AclPatternSlot.InBraces | AclPatternSlot.AfterFlags) is null,
        value => [.. AclPatternText.Words([value], AclPatternSlot.InBraces)]);

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task Regex_of_a_literal_matches_the_value_alone(string branch) =>
        await AssertMatchedAsync(branch, value => value.Length > 0, value => ["-m", "reg", "--", "^" + RegexText.Escape(value) + "$"]);

    private static List<string> Chosen() =>
        [.. Known.Concat(ExpressionTexts.Values.Generator.Sample(Values, SizeOfAValue))];

    private static string Hex(string value) => Convert.ToHexString(Encoding.UTF8.GetBytes(value));

    private static bool IsWord(string value) => WordWriter.DescribeRefusal(Encoding.UTF8.GetBytes(value)) is null;

    private static async Task AssertEchoedAsync(string branch, Func<string, string> write, Func<string, string> expected)
    {
        var values = Chosen().Where(value => IsWord($"[{write(value)}]")).ToList();
        var format = string.Concat(values.Select(value => $"[{write(value)}]"));
        var body = await BodyAsync(branch, $"http-request return status 200 content-type text/plain lf-string {WordWriter.Quote(format)}\n");
        Assert.Equal(string.Concat(values.Select(value => $"[{expected(value)}]")), body);
    }

    private static async Task AssertMatchedAsync(string branch, Func<string, bool> canBeSaid, Func<string, string[]> write)
    {
        var values = Chosen().Where(value => canBeSaid(value) && IsWord(value)).Distinct().ToList();
        var rules = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            var pattern = string.Join(' ', write(values[i]).Select(WordWriter.Quote));
            foreach (var (name, value) in ((string, string)[])[("same", values[i]), ("other", values[i] + "."), ("shorter", values[i][..^1])])
            {
                var sample = WordWriter.Quote($"str({SampleArgumentText.Escape(value)})");
                rules.Append(CultureInfo.InvariantCulture, $"http-request set-var(txn.{name}{i}) str({name}) if {{ {sample} {pattern} }}\n");
            }
        }

        var all = string.Concat(values.Select((_, i) => $"[%[var(txn.same{i})]%[var(txn.other{i})]%[var(txn.shorter{i})]]"));
        var body = await BodyAsync(branch, $"{rules}http-request return status 200 content-type text/plain lf-string {WordWriter.Quote(all)}\n");
        Assert.Equal(values.Select(value => value + ": same"), values.Zip(body.Trim('[', ']').Split("]["), (value, outcome) => $"{value}: {outcome.Replace("-", "", StringComparison.Ordinal)}"));
    }

    private static async Task<string> BodyAsync(string branch, string rules)
    {
        var port = Ports.Take();
        await using var haproxy = await HaproxyInstance.StartAsync(
            $"{HaproxyInstance.Global}defaults\n mode http\n timeout client 5s\n timeout server 5s\n timeout connect 5s\nfrontend f\n bind 127.0.0.1:{port}\n{rules}",
            HaproxyPrograms.Of(branch));
        var body = await HttpProbe.AskAsync(port);
        Assert.NotNull(body);
        return body;
    }
}
