using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Expressions;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Expressions;

/// <summary>The aliases of log formats are those of HAProxy.</summary>
[Collection("HAProxy's verdicts on expressions")]
public sealed class LogFormatAliasesTests
{
    public static TheoryData<string> Branches => [.. HaproxyPrograms.Branches];

    [Theory]
    [MemberData(nameof(Branches))]
    public void All_are_those_that_HAProxy_takes(string branch)
    {
        Assert.True(HaproxyVersion.TryParse(branch, out var version));
        string[] letters = [.. Enumerable.Range('A', 26).Concat(Enumerable.Range('a', 26)).Select(c => ((char)c).ToString())];
        var names = letters.Concat(letters.SelectMany(_ => letters, (a, b) => a + b))
            .Concat(LogFormatAliases.All.Select(alias => alias.Name)).Distinct().ToList();
        var program = HaproxyPrograms.Of(branch);
        var verdicts = HaproxyVerdicts.Of(program, [.. names.Select(name => HaproxyVerdicts.Line("tcp-request content set-var-fmt(txn.x)", "%" + name))]);
        Assert.Equal(
            names.Where((_, i) => verdicts[i] is null),
            names.Where(name => LogFormatAliases.TryFind(Encoding.UTF8.GetBytes(name), out var alias) && (alias.Since ?? version) <= version));
    }

    [Fact]
    public void RequiresHttp_is_what_HAProxy_says_in_mode_tcp()
    {
        var aliases = LogFormatAliases.All.Where(alias => alias.Since is null).ToList();
        var verdicts = HaproxyVerdicts.Of(
            HaproxyPrograms.V2_6,
            [.. aliases.Select(alias => HaproxyVerdicts.Line("tcp-request content set-var-fmt(txn.x)", "%" + alias.Name))],
            mode: "tcp");
        Assert.Equal(
            aliases.Where((_, i) => verdicts[i] is not null).Select(alias => alias.Name),
            aliases.Where(alias => alias.RequiresHttp).Select(alias => alias.Name));
    }
}
