using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3116: a step of a health check stands where HAProxy refuses it. With <c>option httpchk</c> each connection is
/// opened, sends once, and expects; without it, and with <c>option tcp-check</c>, only <c>connect</c> has its place:
/// the first step, if any step is one (manual,
/// <c>http-check connect</c> and <c>tcp-check connect</c>).
/// </summary>
internal sealed class CheckOrderRule : ILineRule, ISectionRule
{
    private enum Step
    {
        None,
        Connect,
        Send,
        Expect,
    }

    private (Step First, Step Last) _tcp;
    private (Step First, Step Last) _http;
    private bool _isUnknown;

    public IReadOnlyList<string> Keywords => ["option", "tcp-check", "http-check"];

    public void Check(LineContext line)
    {
        if (line.Keyword[0] == 'o')
        {
            TakeOption(line);
            return;
        }

        var step = StepOf(line.Argument(0));
        if (step == Step.None || !(line.Section.IsBackend || line.Section.Kind == SectionKind.Defaults))
        {
            return;
        }

        _isUnknown |= line.SiteOf(line.First).Branch != 0;
        if (_isUnknown)
        {
            return;
        }

        var isHttp = line.Keyword[0] == 'h';
        ref var steps = ref isHttp ? ref _http : ref _tcp;
        if (Fault(steps.First, steps.Last, step, isHttp && IsHttpCheck(line.Section)) is { } fault)
        {
            line.Error(
                DiagnosticIds.CheckOrder, line.First + 1,
                $"'{line.Text(line.First)} {line.Text(line.First + 1)}' cannot stand here: {fault}");
            return;
        }

        steps = (steps.First == Step.None ? step : steps.First, step);
    }

    public void Check(SectionContext section, AnalysisRun run) => (_tcp, _http, _isUnknown) = (default, default, false);

    private static string? Fault(Step first, Step last, Step step, bool isHttpCheck) => step switch
    {
        Step.Connect when first is Step.Send or Step.Expect => "where one step connects, the first one has to",
        Step.Connect when isHttpCheck && last is (Step.Connect or Step.Send) =>
            "the connection before it expects nothing",
        Step.Send when isHttpCheck && last is (Step.Send or Step.Expect) => "another request needs another connection",
        Step.Expect when isHttpCheck && last == Step.Connect => "the connection before it sends nothing",
        _ => null,
    };

    private static Step StepOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("connect"u8) ? Step.Connect
        : word.SequenceEqual("send-state"u8) ? Step.None
        : word.StartsWith("send"u8) ? Step.Send
        : word.SequenceEqual("expect"u8) ? Step.Expect
        : Step.None;

    private static bool IsHttpCheck(SectionContext section)
    {
        const SectionTraits checks = SectionTraits.HttpCheck | SectionTraits.OtherCheck;
        var own = section.Traits & checks;
        return (own == SectionTraits.None ? section.Inherited & checks : own) == SectionTraits.HttpCheck;
    }

    private static void TakeOption(in LineContext line)
    {
        var option = line.Argument(0);
        if (option.SequenceEqual("httpchk"u8) && line.SiteOf(line.First).Branch == 0)
        {
            line.Section.Traits = (line.Section.Traits & ~SectionTraits.OtherCheck) | SectionTraits.HttpCheck;
        }
        else if (option.EndsWith("-check"u8) || option.EndsWith("chk"u8))
        {
            line.Section.Traits |= SectionTraits.OtherCheck;
        }
    }
}
