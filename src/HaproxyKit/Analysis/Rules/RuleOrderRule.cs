using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3111: a rule stands behind others that HAProxy carries out after it, of which it warns.</summary>
internal sealed class RuleOrderRule : ILineRule, ISectionRule
{
    private static readonly string[] Names =
        ["tcp-request connection", "tcp-request session", "tcp-request content", "monitor fail", "http-request", "redirect", "use_backend", "use-server"];

    private int _last = -1;
    private int _lastLine;

    public IReadOnlyList<string> Keywords => ["tcp-request", "http-request", "monitor", "redirect", "use_backend", "use-server"];

    public void Check(LineContext line)
    {
        var place = Place(line.Keyword, line.Argument(0));
        if (place >= 0 && place < _last && line.SiteOf(line.First).Branch == 0)
        {
            line.Warning(
                DiagnosticIds.RuleOrder, line.First,
                $"'{Names[place]}' is carried out before the '{Names[_last]}' of line {_lastLine}, although it stands behind it",
                "put rules in the order in which HAProxy carries them out");
        }
        else if (place > _last)
        {
            (_last, _lastLine) = (place, line.SiteOf(line.First).Number);
        }
    }

    public void Check(SectionContext section, AnalysisRun run) => _last = -1;

    private static int Place(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> next) => keyword switch
    {
        [(byte)'t', ..] when next.SequenceEqual("connection"u8) => 0,
        [(byte)'t', ..] when next.SequenceEqual("session"u8) => 1,
        [(byte)'t', ..] when next.SequenceEqual("content"u8) => 2,
        [(byte)'m', ..] => 3,
        [(byte)'h', ..] => 4,
        [(byte)'r', ..] => 5,
        [(byte)'u', (byte)'s', (byte)'e', (byte)'_', ..] => 6,
        [(byte)'u', ..] => 7,
        _ => -1,
    };
}
