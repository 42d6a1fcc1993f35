using System.Globalization;
using System.Text;
using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Analysis;

/// <summary>Compares our verdict on broken configurations with that of one HAProxy.</summary>
internal sealed class MutationComparison
{
    private readonly List<(Mutant Mutant, HaproxyVerdict Verdict, IReadOnlyList<Diagnostic> Found)> _judged;

    private MutationComparison(
        HaproxyVersion version, List<(Mutant Mutant, HaproxyVerdict Verdict, IReadOnlyList<Diagnostic> Found)> judged) =>
        (Version, _judged) = (version, judged);

    internal HaproxyVersion Version { get; }

    /// <summary>Variants that HAProxy refuses for nothing but what this machine lacks.</summary>
    internal int OfTheMachine => _judged.Count(judged => judged.Verdict.IsOfTheMachine);

    internal int Compared => _judged.Count - OfTheMachine;

    internal int Refused => Comparable.Count(judged => judged.Verdict.HasError);

    internal int Disagreements => Comparable.Count(judged => Disagrees(judged.Mutant, judged.Verdict, judged.Found));

    /// <summary>Variants that both refuse and for which HAProxy names a line of the file.</summary>
    internal int Located => Comparable.Count(judged => HaveLines(judged.Verdict, judged.Found));

    /// <summary>Those of them where the first line that HAProxy names is not among ours.</summary>
    internal int Misplaced => Comparable.Count(judged => IsMisplaced(judged.Verdict, judged.Found));

    private IEnumerable<(Mutant Mutant, HaproxyVerdict Verdict, IReadOnlyList<Diagnostic> Found)> Comparable =>
        _judged.Where(judged => !judged.Verdict.IsOfTheMachine);

    internal static MutationComparison Run(string program, HaproxyVersion version, int count, ulong seed)
    {
        var mutants = Mutants(program, count, seed);
        var judged = new (Mutant, HaproxyVerdict, IReadOnlyList<Diagnostic>)[mutants.Count];
        Parallel.For(0, mutants.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var found = ConfigAnalyzer.Analyze(ConfigDocument.Parse(mutants[i].Text, mutants[i].File), version);
            judged[i] = (mutants[i], HaproxyJudge.Judge(program, mutants[i].Text), found);
        });
        return new MutationComparison(version, [.. judged]);
    }

    /// <summary>What was compared, and every disagreement, grouped by what was done to the file.</summary>
    internal string Report()
    {
        var text = new StringBuilder();
        var culture = CultureInfo.InvariantCulture;
        text.Append(culture, $"HAProxy {Version}: {_judged.Count} variants, {OfTheMachine} refused for what the machine lacks, ");
        text.Append(culture, $"{Compared} compared, {Refused} of them refused; {Disagreements} disagreements, ");
        text.Append(culture, $"agreement {100.0 * (Compared - Disagreements) / Math.Max(1, Compared):F2} %; ");
        text.Append(culture, $"{Located} with a line of HAProxy's, {Misplaced} of them elsewhere by us\n");
        foreach (var group in _judged.GroupBy(judged => judged.Mutant.Kind).OrderBy(group => group.Key))
        {
            var compared = group.Where(judged => !judged.Verdict.IsOfTheMachine).ToList();
            text.Append(culture, $"{group.Key}: {compared.Count} compared, {compared.Count(j => Disagrees(j.Mutant, j.Verdict, j.Found))} disagreements, ");
            text.Append(culture, $"{group.Count() - compared.Count} for what the machine lacks\n");
            foreach (var (mutant, verdict, found) in compared.Where(j => Disagrees(j.Mutant, j.Verdict, j.Found) || IsMisplaced(j.Verdict, j.Found)))
            {
                var ours = found.FirstOrDefault(f => f.Severity == DiagnosticSeverity.Error)?.ToString() ?? "no error";
                var theirs = verdict.HasError ? verdict.Alerts.Select(a => a.Message).FirstOrDefault("refused") : "no error";
                text.Append(culture, $"  {(Disagrees(mutant, verdict, found) ? "" : "(line) ")}{mutant}\n      ours:   {ours}\n      HAProxy: {theirs}\n");
            }
        }

        return text.ToString();
    }

    private static List<Mutant> Mutants(string program, int count, ulong seed)
    {
        var random = new MutationRandom(seed);
        var mutators = AcceptedCorpus.Of(program).Select(file => new Mutator(new MutationSource(file.Name, file.Text), random)).ToList();
        var kinds = Enum.GetValues<MutationKind>();
        var made = new Dictionary<string, Mutant>(StringComparer.Ordinal);
        for (var round = 0; made.Count < count && round < count; round++)
        {
            foreach (var mutator in mutators)
            {
                if (made.Count < count && mutator.Next(kinds[round % kinds.Length]) is { } mutant)
                {
                    made.TryAdd($"{mutant.Kind} {mutant.File} {mutant.Line} {mutant.After}", mutant);
                }
            }
        }

        return [.. made.Values];
    }

    /// <remarks>
    /// What HAProxy would refuse in a branch that it may skip is a warning of ours. This HAProxy does not skip it, so that the warning on the line
    /// that was broken is our refusal.
    /// </remarks>
    private static bool Disagrees(Mutant mutant, HaproxyVerdict verdict, IReadOnlyList<Diagnostic> found) =>
        verdict.HasError != (HasError(found) || (verdict.HasError && mutant.IsInBranch && found.Any(f => f.Location?.Line == mutant.Line)));

    private static bool HaveLines(HaproxyVerdict verdict, IReadOnlyList<Diagnostic> found) =>
        verdict.HasError && HasError(found) && verdict.Alerts.Any(alert => alert.Line > 0);

    private static bool IsMisplaced(HaproxyVerdict verdict, IReadOnlyList<Diagnostic> found) =>
        HaveLines(verdict, found)
        && !found.Any(f => f.Severity == DiagnosticSeverity.Error && f.Location?.Line == verdict.Alerts.First(alert => alert.Line > 0).Line);

    private static bool HasError(IReadOnlyList<Diagnostic> found) => found.Any(f => f.Severity == DiagnosticSeverity.Error);
}
