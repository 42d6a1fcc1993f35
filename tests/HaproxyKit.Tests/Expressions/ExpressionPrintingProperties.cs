using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Expressions;

/// <summary>What is read prints as it stood; what is changed prints so that it is read again as the changed tree.</summary>
public sealed class ExpressionPrintingProperties
{
    [Fact]
    public void Sample_expression_that_was_read_prints_as_it_stood() => Laws.Check(
        ExpressionTexts.Samples, text => SampleExpression.Parse(text) is not { IsSuccess: true } result || result.Value.ToString() == text, cases: 3_000);

    [Fact]
    public void Log_format_that_was_read_prints_as_it_stood() => Laws.Check(
        ExpressionTexts.Formats,
        text => ((bool[])[true, false]).All(names => LogFormat.Parse(text, names) is not { IsSuccess: true } result || result.Value.ToString() == text),
        cases: 3_000);

    [Fact]
    public void Condition_that_was_read_gives_the_words_that_stood() => Laws.Check(ExpressionTexts.Words, words =>
    {
        Assert.True(AclCondition.Parse(words) is not { IsSuccess: true } condition || condition.Value.ToWords().SequenceEqual(words));
        Assert.True(AclDefinition.Parse(words) is not { IsSuccess: true } definition || definition.Value.ToWords().SequenceEqual(words));
    }, cases: 1_000);

    [Fact]
    public void Condition_of_a_text_prints_as_it_stood() => Laws.Check(ConditionTexts(), text =>
    {
        Assert.True(AclCondition.Parse(text) is not { IsSuccess: true } condition || condition.Value.ToString() == text);
        Assert.True(AclDefinition.Parse(text) is not { IsSuccess: true } definition || definition.Value.ToString() == text);
        Assert.True(AclExpression.Parse(text) is not { IsSuccess: true } expression || expression.Value.ToString() == text);
    }, cases: 1_000);

    [Fact]
    public void Sample_expression_that_was_edited_reads_as_the_edited_tree() => Laws.Check(
        ExpressionTexts.Samples.Generator.Zip(ExpressionTexts.Values.Generator).ToArbitrary(), pair =>
        {
            var (text, value) = pair;
            if (SampleExpression.Parse(text) is not { IsSuccess: true } result)
            {
                return;
            }

            var tree = result.Value;
            foreach (var edited in (SampleExpression[])
                [
                    tree with { Fetch = tree.Fetch with { Arguments = [value] } },
                    tree with { Fetch = tree.Fetch with { Arguments = [.. tree.Fetch.Arguments.Skip(1)] } },
                    tree with { Fetch = tree.Fetch with { Arguments = [.. tree.Fetch.Arguments.Select(a => a with { Value = value })] } },
                    tree with { Converters = [new SampleCall("map", [value, ""]), .. tree.Converters] },
                    tree with { Converters = [.. tree.Converters, tree.Fetch] },
                    new SampleExpression(new SampleCall("f", [.. tree.Fetch.Arguments, value]), tree.Converters),
                ])
            {
                Assert.Equal(edited, SampleExpression.Parse(edited.ToString()).GetValueOrThrow());
                var format = new LogFormat([value, new LogFormatExpressionItem(edited), value]);
                Assert.Equal(format, LogFormat.Parse(format.ToString()).GetValueOrThrow());
            }
        }, cases: 1_000);

    [Fact]
    public void Log_format_that_was_edited_reads_as_the_edited_tree() => Laws.Check(
        ExpressionTexts.Formats.Generator.Zip(ExpressionTexts.Values.Generator).ToArbitrary(), pair =>
        {
            var (text, value) = pair;
            if (LogFormat.Parse(text) is not { IsSuccess: true } result)
            {
                return;
            }

            var parts = result.Value.Parts;
            foreach (var edited in (ExpressionList<LogFormatPart>[])
                [
                    [value, .. parts],
                    [.. parts.Select(part => part is LogFormatLiteral literal ? literal with { Value = "." + value } : part)],
                    [.. parts.Select(part => part is LogFormatItem item ? item with { Flags = "+Q", ItemName = "n", ItemType = "str" } : part)],
                    [.. parts.Reverse().Where(part => part is not LogFormatLiteral), "." + value],
                ])
            {
                var format = new LogFormat(edited);
                Assert.Equal(format, LogFormat.Parse(format.ToString()).GetValueOrThrow());
            }
        }, cases: 1_000);

    [Fact]
    public void Condition_that_was_edited_reads_as_the_edited_tree() => Laws.Check(
        ConditionTexts().Generator.Zip(ExpressionTexts.Values.Generator).ToArbitrary(), pair =>
        {
            var (text, value) = pair;
            if (AclCondition.Parse(text) is not { IsSuccess: true } result)
            {
                return;
            }

            var tree = result.Value;
            var term = new AnonymousAcl(new AclExpression(new SampleExpression(new SampleCall("str", [value]))) { Patterns = ["x" + value, "-i"] });
            var added = new AclConjunction([new AclReference("a"), term with { IsNegated = true }]);
            foreach (var edited in (AclCondition[])
                [
                    tree with { Polarity = AclPolarity.Unless },
                    tree with { Alternatives = [added, .. tree.Alternatives] },
                    tree with { Alternatives = [.. tree.Alternatives, added] },
                    tree with { Alternatives = [.. tree.Alternatives.Reverse()] },
                    tree with { Alternatives = [.. tree.Alternatives.Skip(1)] },
                    tree with { Alternatives = [.. tree.Alternatives.Select(a => a with { Terms = [.. a.Terms.Select(t => t with { IsNegated = !t.IsNegated })] })] },
                    tree with { Alternatives = [.. tree.Alternatives.Select(a => a with { Terms = [.. a.Terms.Select(Changed)] })] },
                ])
            {
                Assert.Equal(edited, AclCondition.Parse(edited.ToString()).GetValueOrThrow());
                Assert.Equal(edited, AclCondition.Parse(edited.ToWords()).GetValueOrThrow());
            }

            AclTerm Changed(AclTerm term) => term switch
            {
                AnonymousAcl acl => acl with
                {
                    Expression = acl.Expression with { Patterns = ["-" + value], Flags = [AclFlag.Match(AclMatchMethod.Exact), .. acl.Expression.Flags] },
                },
                AclReference reference => reference with { Name = "renamed" },
                _ => term,
            };
        }, cases: 1_000);

    private static Arbitrary<string> ConditionTexts() => Arb.From(
        from words in ExpressionTexts.Words.Generator
        from texts in Gen.CollectToArray(words, word => Gen.Elements<Func<string, string>>(
            w => w, w => "'" + w + "'", w => "\"" + w + "\"", w => w.Replace(" ", "\\ ", StringComparison.Ordinal), w => "\"\"" + w).Select(write => write(word)))
        from blank in Gen.Elements(" ", "  ", "\t", " \t ")
        from edge in Gen.Elements("", " ")
        select edge + string.Join(blank, texts) + edge);
}
