using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3303: whoever is on the machine, or reaches it, may command HAProxy (manual, chapter 3.1, <c>stats socket</c>).</summary>
internal sealed class AdminSocketRule : ILineRule
{
    public IReadOnlyList<string> Keywords => ["stats"];

    public void Check(LineContext line)
    {
        if (!line.Argument(0).SequenceEqual("socket"u8) || !IsAdmin(line.Words))
        {
            return;
        }

        var address = line.Argument(1);
        if (!address.ContainsAny("/@$"u8) && !address.StartsWith("127."u8) && !address.StartsWith("localhost"u8) && !address.StartsWith("[::1]"u8))
        {
            line.Warning(
                DiagnosticIds.OpenAdminSocket, line.First + 2, "whoever reaches this address may command HAProxy",
                "use a unix socket, or an address of this machine alone");
            return;
        }

        for (var i = line.First + 3; i + 1 < line.Words.Count; i++)
        {
            // The last octal digit says what all others may do; 2 is writing.
            if (line.Words[i].SequenceEqual("mode"u8) && line.Words[i + 1] is [.., (byte)'2' or (byte)'3' or (byte)'6' or (byte)'7'])
            {
                line.Warning(
                    DiagnosticIds.OpenAdminSocket, i + 1, "every user of this machine may command HAProxy over this socket", "write mode 660, and a group");
            }
        }
    }

    private static bool IsAdmin(LineWords words)
    {
        for (var i = 2; i + 1 < words.Count; i++)
        {
            if (words[i].SequenceEqual("level"u8))
            {
                return words[i + 1].SequenceEqual("admin"u8);
            }
        }

        return false;
    }
}
