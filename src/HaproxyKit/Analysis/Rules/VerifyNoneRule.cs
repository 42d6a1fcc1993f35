using HaproxyKit.Diagnostics;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3304: a server's certificate is not verified, so that anyone in between can read and change all.</summary>
internal sealed class VerifyNoneRule : ILineRule
{
    public IReadOnlyList<string> Keywords => ["server", "server-template", "default-server", "ssl-server-verify"];

    public void Check(LineContext line)
    {
        if (!line.Words.MayHold("none"u8))
        {
            return;
        }

        for (var i = line.First; i + 1 < line.Words.Count; i++)
        {
            if ((line.Words[i].SequenceEqual("verify"u8) || line.Words[i].SequenceEqual("ssl-server-verify"u8))
                && line.Words[i + 1].SequenceEqual("none"u8))
            {
                line.Info(
                    DiagnosticIds.VerifyNone, i, "the server's certificate is not verified: anyone on the way can pose as the server",
                    "write verify required ca-file FILE");
                return;
            }
        }
    }
}
