using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3205: <c>log</c> says nowhere to log to; <c>no log</c> alone may (manual, chapter 4.2).</summary>
internal sealed class LogRule : ILineRule
{
    public IReadOnlyList<string> Keywords => ["log"];

    public void Check(LineContext line)
    {
        if (line.First == 0 && !line.HasArgument(0))
        {
            line.Error(DiagnosticIds.MissingArgument, line.Words.Count, "'log' ends too early", "log global, or log ADDRESS FACILITY");
        }
    }
}
