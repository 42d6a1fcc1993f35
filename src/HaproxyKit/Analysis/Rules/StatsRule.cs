using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3301 and HK3302: the statistics page asks for no password, or is served on all addresses (manual, chapter 4.2,
/// <c>stats auth</c>).
/// </summary>
internal sealed class StatsRule : ILineRule, ISectionRule
{
    private Site? _stats;
    private Site? _openBind;
    private bool _isLocal = true;
    private bool _hasAuth;

    public IReadOnlyList<string> Keywords => ["stats", "bind"];

    public void Check(LineContext line)
    {
        if (!line.Section.IsFrontend)
        {
            return;
        }

        var argument = line.Argument(0);
        if (line.Keyword[0] == 's')
        {
            _hasAuth |= argument.SequenceEqual("auth"u8) || argument.SequenceEqual("http-request"u8);
            _stats ??= argument.SequenceEqual("enable"u8) || argument.SequenceEqual("uri"u8) ? line.SiteOf(line.First) : null;
        }
        else if (!line.Words.HasVariables(line.First + 1))
        {
            _isLocal &= argument.StartsWith("127."u8) || argument.StartsWith("[::1]"u8) || argument.StartsWith("::1:"u8)
                || argument.StartsWith("localhost:"u8) || argument.StartsWith("/"u8) || argument.StartsWith("unix@"u8);
            _openBind ??= IsOpen(argument) ? line.SiteOf(line.First + 1) : null;
        }
    }

    public void Check(SectionContext section, AnalysisRun run)
    {
        if (_stats is { } stats && !_isLocal)
        {
            if (!_hasAuth && !section.Has(SectionTraits.StatsAuth))
            {
                run.Report(
                    DiagnosticSeverity.Warning, DiagnosticIds.StatsWithoutAuth, stats, "the statistics page asks for no password",
                    "add stats auth USER:PASSWORD, or listen on 127.0.0.1 alone");
            }

            if (_openBind is { } bind)
            {
                run.Report(
                    DiagnosticSeverity.Info, DiagnosticIds.StatsOnAllAddresses, bind, "the statistics page is served on all addresses",
                    "listen on an address that only operators reach");
            }
        }

        (_stats, _openBind, _isLocal, _hasAuth) = (null, null, true, false);
    }

    private static bool IsOpen(ReadOnlySpan<byte> address) =>
        address.StartsWith(":"u8) || address.StartsWith("*:"u8) || address.StartsWith("0.0.0.0:"u8) || address.StartsWith("[::]:"u8);
}
