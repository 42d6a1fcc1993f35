using System.Text;
using HaproxyKit.Expressions;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Expressions;

/// <summary>The trees and the scanners are two readers of one language.</summary>
public sealed class ExpressionReaderProperties
{
    [Fact]
    public void Scanner_and_tree_agree_on_every_sample_expression() => Laws.Check(ExpressionTexts.Samples, text =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var calls = new List<string>();
        var scanner = new SampleExpressionScanner(bytes);
        while (scanner.MoveNext())
        {
            var arguments = new List<string>();
            foreach (var argument in new SampleArgumentScanner(bytes, scanner.Arguments))
            {
                arguments.Add(SampleArgumentText.Decode(bytes.AsSpan(argument.Start, argument.Length)));
            }

            Assert.Equal(scanner.ArgumentCount, arguments.Count);
            calls.Add($"{Encoding.UTF8.GetString(bytes, scanner.Name.Start, scanner.Name.Length)}|{string.Join('|', arguments)}");
        }

        var result = SampleExpression.Parse(text);
        Assert.Equal(scanner.Error, result.Error);
        if (result.IsSuccess)
        {
            Assert.Equal(calls, ((SampleCall[])[result.Value.Fetch, .. result.Value.Converters]).Select(Shown));
        }
    }, cases: 1_500);

    [Fact]
    public void Scanner_and_tree_agree_on_every_log_format() => Laws.Check(ExpressionTexts.Formats, text =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var takesNames in (bool[])[true, false])
        {
            var parts = new List<string>();
            var literal = "";
            var covered = 0;
            var scanner = new LogFormatScanner(bytes, takesNames);
            while (scanner.MoveNext())
            {
                Assert.Equal(covered, scanner.Span.Start);
                covered = scanner.Span.End;
                var content = Encoding.UTF8.GetString(bytes, scanner.Content.Start, scanner.Content.Length);
                if (scanner.Kind is LogFormatPartKind.Alias or LogFormatPartKind.Expression)
                {
                    TakeLiteral(parts, ref literal);
                    parts.Add(content);
                }
                else
                {
                    literal += content;
                }
            }

            TakeLiteral(parts, ref literal);
            var result = LogFormat.Parse(text, takesNames);
            Assert.Equal(scanner.Error, result.Error);
            if (result.IsSuccess)
            {
                Assert.Equal(bytes.Length, covered);
                Assert.Equal(parts, result.Value.Parts.Select(part => part switch
                {
                    LogFormatLiteral text => "=" + text.Value,
                    LogFormatAliasItem alias => alias.Alias,
                    LogFormatExpressionItem item => item.Expression.ToString(),
                    _ => throw new InvalidOperationException(),
                }));
            }
        }
    }, cases: 1_500);

    [Fact]
    public void Scanner_and_tree_agree_on_every_condition() => Laws.Check(ExpressionTexts.Words, words =>
    {
        Agree(AclScanner.OfCondition(), AclCondition.Parse(words).Error, words);
        Agree(AclScanner.OfCondition(hasPolarity: false), AclCondition.ParseTerms(words).Error, words);
        Agree(AclScanner.OfDefinition(), AclDefinition.Parse(words).Error, words);
        Agree(AclScanner.OfExpression(), AclExpression.Parse(words).Error, words);
    }, cases: 1_500);

    [Fact]
    public void Scanner_says_what_the_tree_of_a_condition_holds() => Laws.Check(ExpressionTexts.Words, words =>
    {
        if (AclCondition.Parse(words) is not { IsSuccess: true } result)
        {
            return;
        }

        var scanner = AclScanner.OfCondition();
        var roles = new List<(AclWordRole Role, bool IsNegated, AclMatchMethod Method)>();
        foreach (var word in words)
        {
            Assert.True(scanner.Next(Encoding.UTF8.GetBytes(word)));
            roles.Add((scanner.Role, scanner.IsNegated, scanner.Method));
        }

        Assert.True(scanner.End());
        var terms = result.Value.Alternatives.SelectMany(alternative => alternative.Terms).ToList();
        Assert.Equal(
            terms.Select(term => term.IsNegated),
            roles.Where(r => r.Role is AclWordRole.Name or AclWordRole.OpenBrace).Select(r => r.IsNegated));
        Assert.Equal(
            terms.OfType<AnonymousAcl>().Select(term => term.Expression.Method),
            roles.Where(r => r.Role is AclWordRole.CloseBrace).Select(r => r.Method));
        Assert.Equal(
            terms.OfType<AnonymousAcl>().Sum(term => term.Expression.Patterns.Count),
            roles.Count(r => r.Role is AclWordRole.Pattern));
    }, cases: 1_500);

    private static void Agree(AclScanner scanner, ExpressionError expected, string[] words)
    {
        var isRight = words.All(word => scanner.Next(Encoding.UTF8.GetBytes(word))) && scanner.End();
        Assert.Equal(!expected.IsError, isRight);
        Assert.Equal(expected, scanner.Error);
    }

    private static void TakeLiteral(List<string> parts, ref string literal)
    {
        if (literal.Length > 0)
        {
            parts.Add("=" + literal);
            literal = "";
        }
    }

    private static string Shown(SampleCall call) => $"{call.Name}|{string.Join('|', call.Arguments.Select(argument => argument.Value))}";
}
