using System.Text.RegularExpressions;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Analysis;

/// <summary>
/// The files of the corpus that a HAProxy accepts, as they are; and where it refuses one, what is left of it without
/// the lines that it complains of, if it accepts that.
/// </summary>
internal static partial class AcceptedCorpus
{
    private const int Rounds = 12;

    internal static IReadOnlyList<(string Name, byte[] Text, bool IsWhole)> Of(string program)
    {
        var accepted = new (string Name, byte[] Text, bool IsWhole)?[CorpusFiles.All.Count];
        Parallel.For(0, accepted.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var file = CorpusFiles.All[i];
            var whole = file.Bytes.ToArray();
            accepted[i] = !HaproxyJudge.Judge(program, whole).IsRefused ? (file.Name, whole, true)
                : Repair(program, whole) is { } repaired ? (file.Name, repaired, false)
                : null;
        });
        return [.. accepted.OfType<(string, byte[], bool)>()];
    }

    private static byte[]? Repair(string program, byte[] whole)
    {
        var text = HostName().Replace(Latin1.Text(whole), "${start}192.0.2.1${port}").TrimEnd('\n');
        var lines = text.Split('\n');
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutant.Bytes(lines);
            var verdict = HaproxyJudge.Judge(program, bytes);
            if (!verdict.IsRefused)
            {
                return bytes;
            }

            var blamed = verdict.Alerts.Select(alert => alert.Line).Where(line => line > 0 && line <= lines.Length && lines[line - 1].Length > 0).ToList();
            if (blamed.Count == 0)
            {
                return null;
            }

            blamed.ForEach(line => lines[line - 1] = "");
        }

        return null;
    }

    /// <summary>The host name of a server, which this machine need not know.</summary>
    [GeneratedRegex(
        @"^(?<start>\s*server\s+\S+\s+)[A-Za-z][A-Za-z0-9.-]*(?<port>:[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex HostName();
}
