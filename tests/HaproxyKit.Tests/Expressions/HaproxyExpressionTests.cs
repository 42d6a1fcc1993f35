using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Expressions;

/// <summary>HAProxy itself is the judge of what an expression is: the same texts are refused, and no others.</summary>
[Collection("HAProxy's verdicts on expressions")]
public sealed class HaproxyExpressionTests(ITestOutputHelper output)
{
    private const int Cases = 800;
    private const int SizeOfACase = 8;

    public static TheoryData<string> Branches => [.. HaproxyPrograms.Branches];

    // The fetch takes one string and the converters none, so that nothing but the number of arguments is left to judge beside the syntax.
    private static readonly Gen<string> SampleText =
        from fetch in Gen.Frequency((8, Gen.Elements("str(a)", "str('a,b')", "str(\"a)\")", "str(a\\,b)", "str", "str()", "str( a )", "str(\\)")), (1, Gen.Elements("", "str(", "str(a", "str('a)", "str(a\\", "str (a)", "str\t")))
        from converters in Gen.Frequency((8, Gen.Elements(",lower", ",,upper", ",field(1,'.')", ",field(1,\",\")", ",lower()", ",bytes(0)", ",regsub('(a)','\\\\1',g)")), (1, Gen.Elements(",", ", lower", "lower", ",lower ", ",field(1", "]", ",)", ",field(1,\")"))).ListOf()
        from end in Gen.Frequency((8, Gen.Constant("")), (1, Gen.Elements(",", ",,", " ", "]", "\\", "é", "x")))
        select fetch + string.Concat(converters) + end;

    private static readonly Gen<string> FormatText =
        from pieces in Gen.Frequency(
            (4, Gen.Elements("%ci", "%{+Q}r", "%[src]", "%%", "text ", ".", "é", "[", "]", "%{}o", "%{+Q,-E}[str(a)]", "%(n)ci", "%(n:sint)[src]", "%(:str)ci", "%[str(])]")),
            (2, SampleText.Select(text => "%[" + text + "]")),
            (1, Gen.Elements("%", "%{", "%[", "%(", "}", ")", " ", "1", "% ", "%1", "%.", "%(n", "%(n)", "%(n:ip)ci", "%(n)%", "%(n).", "%{+Q}", "%{+Q}%", "%(a b)ci", "%(:)ci", "%\t"))).ListOf()
        select string.Concat(pieces.Take(5));

    [Theory]
    [MemberData(nameof(Branches))]
    public void Sample_expression_is_refused_where_HAProxy_refuses_it(string branch) => Compare(
        branch,
        Sampled(SampleText),
        text => HaproxyVerdicts.Line("stick on", text, "table", "b"),
        text => IsRight(text) ? null : SampleExpression.Parse(text).Error.ToString());

    [Theory]
    [MemberData(nameof(Branches))]
    public void Log_format_is_refused_where_HAProxy_refuses_it(string branch) => Compare(
        branch,
        Sampled(FormatText).Where(text => text.Length > 0).ToList(),
        text => HaproxyVerdicts.Line("tcp-request content set-var-fmt(txn.x)", text),
        text => JudgeFormat(text, takesNames: branch != "2.6"));

    [Theory]
    [MemberData(nameof(Branches))]
    public void Condition_is_refused_where_HAProxy_refuses_it(string branch) => Compare(
        branch,
        Sampled(ExpressionTexts.Words.Generator).Select(words => (string[])["if", .. words.Skip(1)]).Where(IsJudgedBySyntax).ToList(),
        words => HaproxyVerdicts.Line("use_backend b", words),
        words => AclCondition.Parse(words) is var result && result.IsSuccess ? JudgeNames(result.Value) : result.Error.ToString());

    [Theory]
    [MemberData(nameof(Branches))]
    public void Definition_of_an_ACL_is_refused_where_HAProxy_refuses_it(string branch) => Compare(
        branch,
        Sampled(ExpressionTexts.Words.Generator).Select(words => (string[])["x" + words.Length, .. words.Skip(2).Where(word => word is not "{" and not "}")])
            .Where(words => words.Length > 1 && IsJudgedBySyntax(words)).ToList(),
        words => HaproxyVerdicts.Line("acl", words),
        words => AclDefinition.Parse(words) is var result && result.IsSuccess ? JudgeExpression(result.Value.Expression) : result.Error.ToString());

    private static List<T> Sampled<T>(Gen<T> values) => [.. values.Sample(Cases, SizeOfACase)];

    private static bool IsRight(string text) => SampleExpression.Parse(text) is { IsSuccess: true } result && TakesArguments(result.Value);

    // Which names there are and what they take is not for a syntax to know.
    private static bool TakesArguments(SampleExpression expression, bool isAcl = false) =>
        (expression.Fetch.Name switch
        {
            "str" => expression.Fetch.Arguments.Count <= 1,
            "src" or "path" => expression.Fetch.Arguments.Count == 0,
            "path_beg" => isAcl && expression.Fetch.Arguments.Count == 0,
            "req.hdr" => expression.Fetch.Arguments.Count <= 2,
            _ => false,
        })
        && expression.Converters.All(call => call.Name switch
        {
            "lower" or "upper" => call.Arguments.Count == 0,
            "bytes" => call.Arguments.Count is 1 or 2 && call.Arguments.All(IsNumber),
            "field" => call.Arguments.Count is 2 or 3 && IsNumber(call.Arguments[0]) && call.Arguments[1].Value.Length > 0 && call.Arguments.Skip(2).All(IsNumberOrNothing),
            "regsub" => call.Arguments.Count is 2 or 3,
            _ => false,
        });

    // What need not be there may be empty.
    private static bool IsNumberOrNothing(SampleArgument argument) => argument.Value.Length == 0 || IsNumber(argument);

    private static bool IsNumber(SampleArgument argument) => argument.Value.Length > 0 && argument.Value.All(char.IsAsciiDigit);

    private static string? JudgeFormat(string text, bool takesNames)
    {
        var result = LogFormat.Parse(text, takesNames);
        if (!result.IsSuccess)
        {
            return result.Error.ToString();
        }

        var unknown = result.Value.Parts.FirstOrDefault(part => part switch
        {
            LogFormatAliasItem item => !LogFormatAliases.TryFind(Encoding.UTF8.GetBytes(item.Alias), out _),
            LogFormatExpressionItem item => !TakesArguments(item.Expression),
            _ => false,
        });
        return unknown is null ? null : $"{unknown} is not known";
    }

    // Integers, addresses and files are judged by their values, which no syntax knows; an empty word ends the line for HAProxy.
    private static bool IsJudgedBySyntax(string[] words) =>
        words is [.., not "!"]
        && words.All(word => word.Length > 0 && !word.Contains('\0', StringComparison.Ordinal) && word is not "-f" and not "-u" and not "-M" and not "int" and not "reg");

    private static string? JudgeNames(AclCondition condition)
    {
        foreach (var term in condition.Alternatives.SelectMany(alternative => alternative.Terms))
        {
            var fault = term switch
            {
                AclReference { Name: not "a" and not "b.c" } reference => $"{reference.Name} is not known",
                AnonymousAcl acl => JudgeExpression(acl.Expression),
                _ => null,
            };
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? JudgeExpression(AclExpression expression) =>
        NamesConverter(expression) ? "an 'or' that is a converter has no number" :
        !TakesArguments(expression.Sample, isAcl: true) ? $"{expression.Sample} is not known"
        : expression.Sample.Fetch.Name == "src" && expression.Sample.Converters.Count == 0 && expression.Method == AclMatchMethod.Unspecified
            ? expression.Patterns.FirstOrDefault(pattern => !IsAddress(pattern.Value, isLiteral: expression.Flags.Any(flag => $"{flag}" == "-n"))) is { } pattern ? $"{pattern} is no address" : null
            : null;

    // Without -n the resolver reads it, to which a number is an address.
    private static bool IsAddress(string text, bool isLiteral) => text is "10.0.0.0/8" || (text is "5" && !isLiteral);

    // Behind a fetch that is no ACL keyword, a word that names a converter is one.
    private static bool NamesConverter(AclExpression expression) =>
        expression.Sample.Fetch.Name is not "path_beg" and not "path" && expression is { Flags.Count: 0, EndsFlags: false, Patterns: [{ Value: "or" }, ..] };

    private void Compare<T>(string branch, List<T> cases, Func<T, byte[]> line, Func<T, string?> judge)
    {
        var verdicts = HaproxyVerdicts.Of(HaproxyPrograms.Of(branch), [.. cases.Select(line)]);
        var wrong = new List<string>();
        for (var i = 0; i < cases.Count; i++)
        {
            if ((verdicts[i] is null) != (judge(cases[i]) is null))
            {
                wrong.Add($"{Encoding.UTF8.GetString(line(cases[i]))}\n  HAProxy: {verdicts[i] ?? "takes it"}\n  here: {judge(cases[i]) ?? "takes it"}");
            }
        }

        var refused = verdicts.Count(verdict => verdict is not null);
        output.WriteLine($"{cases.Count} cases, {refused} of them refused by HAProxy {branch}");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.InRange(refused, cases.Count / 20, cases.Count * 19 / 20);
    }
}
