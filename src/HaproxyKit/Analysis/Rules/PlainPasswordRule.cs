using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3305: a password stands in the file as it is typed (manual, chapter 12.1).</summary>
internal sealed class PlainPasswordRule : ILineRule
{
    public IReadOnlyList<string> Keywords => ["user", "stats"];

    public void Check(LineContext line)
    {
        if (line.Section.Kind == SectionKind.Userlist)
        {
            for (var i = line.First + 2; i + 1 < line.Words.Count; i++)
            {
                if (line.Words[i].SequenceEqual("insecure-password"u8) && !line.Words.HasVariables(i + 1))
                {
                    line.Warning(
                        DiagnosticIds.PlainPassword, i, "the password stands in the file as it is typed",
                        "write password and a hash, as mkpasswd -m sha-512 makes it");
                    return;
                }
            }
        }
        else if (line.Argument(0).SequenceEqual("auth"u8) && line.HasArgument(1) && !line.Words.HasVariables(line.First + 2))
        {
            line.Info(
                DiagnosticIds.PlainPassword, line.First + 1, "'stats auth' keeps the password in the file as it is typed",
                "use stats http-request auth with a userlist of hashes, or a variable");
        }
    }
}
