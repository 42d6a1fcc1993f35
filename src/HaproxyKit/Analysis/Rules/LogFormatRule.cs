using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3225: a log format that HAProxy refuses, or an alias that does not exist (manual, chapter 8.2.6).</summary>
internal sealed class LogFormatRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds => [ValueKind.LogFormat];

    public void Check(in ValueContext value)
    {
        if (!value.Value.Contains((byte)'%'))
        {
            return;
        }

        var where = SamplePlace.Of(value.Line);
        var scanner = new LogFormatScanner(value.Value, takesNames: value.Line.Run.Version > new HaproxyVersion(2, 9));
        while (scanner.MoveNext())
        {
            if (scanner.Kind == LogFormatPartKind.Expression)
            {
                if (SampleJudge.Judge(value, scanner.Content.Start, endsAtBracket: true, where) == SampleType.None)
                {
                    return;
                }
            }
            else if (scanner.Kind == LogFormatPartKind.Alias)
            {
                CheckAlias(value, scanner.Content);
            }
        }

        if (scanner.Error.IsError)
        {
            value.Report(
                DiagnosticSeverity.Error, DiagnosticIds.InvalidLogFormat, scanner.Error.Position, 1,
                $"HAProxy cannot read this log format: {scanner.Error.Message}", "a percent sign is written '%%'");
        }
    }

    private static void CheckAlias(in ValueContext value, TextSpan span)
    {
        var name = value.Value.Slice(span.Start, span.Length);
        if (!LogFormatAliases.TryFind(name, out _))
        {
            value.Report(
                DiagnosticSeverity.Error, DiagnosticIds.InvalidLogFormat, span.Start, span.Length,
                $"there is no alias '%{Encoding.UTF8.GetString(name)}'", "a percent sign is written '%%'");
        }
    }
}
