using HaproxyKit.Catalog;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Analysis;

/// <summary>
/// Our verdict on broken configurations is HAProxy's. The variants are the same in every run; what this machine
/// lacks (files, host names, users) is nothing that we could know, and such variants are counted apart.
/// <c>tests/run.sh --long</c> tries more than 5,000 variants on each HAProxy; without it a part of them is tried.
/// </summary>
public sealed class MutationAgreementTests(ITestOutputHelper output)
{
    private const ulong Seed = 20_261_121;
    private const int ShortRun = 1_600;
    private const int LongRun = 5_200;

    [Theory]
    [InlineData("2.6")]
    [InlineData("3.2")]
    public void Verdicts_on_broken_configurations_are_those_of_HAProxy(string branch)
    {
        Assert.True(HaproxyVersion.TryParse(branch, out var version));
        var isLong = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HAPROXYKIT_LAW_FACTOR"));
        var comparison = MutationComparison.Run(HaproxyPrograms.Of(branch), version, isLong ? LongRun : ShortRun, Seed);
        output.WriteLine(comparison.Report());
        Assert.True(comparison.Compared >= (isLong ? 5_000 : 1_500), $"only {comparison.Compared} variants");
        Assert.True(comparison.Disagreements * 100 <= comparison.Compared, comparison.Report());
        Assert.True(comparison.Misplaced * 100 <= comparison.Located, comparison.Report());
    }
}
