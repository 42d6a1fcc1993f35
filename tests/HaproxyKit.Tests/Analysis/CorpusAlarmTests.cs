using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Analysis;

/// <summary>What HAProxy accepts, we do not call an error.</summary>
public sealed class CorpusAlarmTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2.6")]
    [InlineData("3.0")]
    [InlineData("3.2")]
    public void Files_that_HAProxy_accepts_have_no_error(string branch)
    {
        Assert.True(HaproxyVersion.TryParse(branch, out var version));
        var accepted = AcceptedCorpus.Of(HaproxyPrograms.Of(branch));
        var alarms = accepted
            .SelectMany(file => ConfigAnalyzer.Analyze(ConfigDocument.Parse(file.Text, file.Name), version))
            .Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => found.Render())
            .ToList();
        output.WriteLine($"{branch}: {accepted.Count(file => file.IsWhole)} files, {accepted.Count(file => !file.IsWhole)} in parts");
        Assert.True(alarms.Count == 0, string.Join('\n', alarms));
        Assert.True(accepted.Count(file => file.IsWhole) > 5);
    }
}
