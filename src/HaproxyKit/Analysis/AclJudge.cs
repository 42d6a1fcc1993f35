using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis;

/// <summary>
/// Judges what an ACL looks at, in an <c>acl</c> line or between braces, and its patterns (configuration manual,
/// chapter 7.1).
/// </summary>
internal static class AclJudge
{
    /// <summary>Stands for all contexts, also where they are not known.</summary>
    internal const RuleContexts Everywhere = (RuleContexts)(-1);

    private static readonly SignatureSlot SampleSlot = new(ValueKind.SampleExpression);

    /// <summary>Judges the words from the sample expression on.</summary>
    /// <param name="line">The line.</param>
    /// <param name="sample">The index of the sample expression.</param>
    /// <param name="end">The index behind the last pattern.</param>
    /// <param name="entry">The keyword of the line.</param>
    /// <returns>Where what the ACL looks at can be known.</returns>
    internal static RuleContexts Check(LineContext line, int sample, int end, CatalogEntry entry)
    {
        LoadFiles(line, sample, end);
        if (line.Words.HasVariables(sample))
        {
            return Everywhere;
        }

        var text = line.Words[sample];
        var judged = Judge(line, sample, text, entry);
        // The versions of TLS are compared as numbers with a dot, which no other criterion does.
        if (NameOf(text).EndsWith("ssl_ver"u8))
        {
            CheckVersions(line, sample + 1, end);
        }
        else if (NameOf(text).SequenceEqual("http_auth_group"u8))
        {
            UserGroups.Refer(line, sample, end, entry);
        }
        else if (judged.Type != SampleType.None)
        {
            CheckPatterns(line, sample + 1, end, judged.Type, judged.Method);
        }

        return judged.Contexts;
    }

    private static AclSample Judge(LineContext line, int sample, ReadOnlySpan<byte> text, CatalogEntry entry)
    {
        var run = line.Run;
        if (run.AclSamples.TryGet(text, RuleContexts.None, out var known))
        {
            return known;
        }

        var (references, findings) = (run.References.Count, run.FindingCount);
        var judged = JudgeAnew(new ValueContext(line, sample, text, SampleSlot, entry, line.Words.IsPlain(sample) ? 0 : -1));
        if (run.References.Count == references && run.FindingCount == findings)
        {
            run.AclSamples.Add(text, RuleContexts.None, judged);
        }

        return judged;
    }

    /// <summary>Takes down the files of patterns behind <c>-f</c>.</summary>
    private static void LoadFiles(LineContext line, int sample, int end)
    {
        if (!line.Words.MayHold("-f"u8))
        {
            return;
        }

        for (var i = sample + 2; i < end; i++)
        {
            if (line.Words[i - 1].SequenceEqual("-f"u8))
            {
                line.Run.Symbols.Load(line.Words[i], line.SiteOf(i), line.Section);
            }
        }
    }

    private static AclSample JudgeAnew(in ValueContext value)
    {
        var run = value.Line.Run;
        var name = NameOf(value.Value);
        if (run.Criteria.Find(name) is { } criterion)
        {
            return new AclSample(
                JudgeArguments(value, criterion) ? criterion.Type : SampleType.None, criterion.Method, ContextsOf(criterion.Fetch));
        }

        var type = SampleJudge.Judge(value, 0, endsAtBracket: false, RuleContexts.None);
        run.Catalog.TryFind(EntryClass.Fetch, name, out var fetch);
        return new AclSample(type, AclMatchMethod.Unspecified, ContextsOf(fetch));
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> sample)
    {
        var end = sample.IndexOfAny((byte)'(', (byte)',');
        return end < 0 ? sample : sample[..end];
    }

    private static RuleContexts ContextsOf(CatalogEntry fetch) =>
        fetch.Exists && fetch.Contexts != RuleContexts.None ? fetch.Contexts : Everywhere;

    /// <summary>The arguments of a criterion such as <c>hdr_dom(host)</c> are those of its fetch.</summary>
    private static bool JudgeArguments(in ValueContext value, AclCriterion criterion)
    {
        var scanner = new SampleExpressionScanner(value.Value);
        if (scanner.MoveNext() && criterion.Fetch.Exists && !SampleArgumentJudge.Check(value, scanner, criterion.Fetch))
        {
            return false;
        }

        while (scanner.MoveNext())
        {
            SampleJudge.Load(value, scanner, value.Value.Slice(scanner.Name.Start, scanner.Name.Length));
        }

        if (scanner.Error.IsError)
        {
            value.Report(
                DiagnosticSeverity.Error, DiagnosticIds.InvalidExpression, scanner.Error.Position, 1,
                $"HAProxy cannot read this expression: {scanner.Error.Message}");
        }

        return !scanner.Error.IsError;
    }

    private static void CheckVersions(LineContext line, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            var word = line.Words[i];
            if (word[0] == '-' || line.Words.HasVariables(i))
            {
                return;
            }

            if (!AclInteger.IsOperator(word) && word.ContainsAnyExcept(ByteSets.DottedRange))
            {
                line.Error(DiagnosticIds.InvalidAclPattern, i, $"'{line.Text(i)}' is no version of TLS", "for example 3.1, or 3.1:3.3");
                return;
            }
        }
    }

    private static void CheckPatterns(LineContext line, int first, int end, SampleType type, AclMatchMethod method)
    {
        var words = line.Words;
        if (words[first] is not [(byte)'-', ..] && !AclPatternJudge.Judges(type, method))
        {
            return;
        }

        var scanner = AclScanner.BehindSample();
        var isOperator = false;
        var isLiteral = false;
        for (var i = first; i < end; i++)
        {
            if (words.HasVariables(i) || !scanner.Next(words[i]))
            {
                return;
            }

            isLiteral |= scanner.Role == AclWordRole.Flag && words[i].SequenceEqual("-n"u8);
            if (scanner.Role == AclWordRole.FlagValue && words[i - 1].SequenceEqual("-m"u8))
            {
                method = scanner.Method;
            }

            if (scanner.Role == AclWordRole.Pattern)
            {
                if (AclPatternJudge.WantsMethod(type, method))
                {
                    line.Error(
                        DiagnosticIds.InvalidAclPattern, i, $"how '{line.Text(i)}' is compared must be said, as the sample can be anything",
                        "write -m str, -m int or another method before the first pattern");
                    return;
                }

                isOperator = AclPatternJudge.Check(line, i, type, method, isLiteral, isOperator);
            }
        }

        if (isOperator)
        {
            line.Warning(DiagnosticIds.InvalidAclPattern, end, $"a number is missing behind '{line.Text(end - 1)}', so that this never matches");
        }
    }
}
