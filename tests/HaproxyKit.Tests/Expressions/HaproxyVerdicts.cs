using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Expressions;

/// <summary>Asks real HAProxys which of many lines of a frontend they take, some lines in one run.</summary>
internal static partial class HaproxyVerdicts
{
    /// <summary>HAProxy ends a run at its 50th error.</summary>
    private const int LinesOfARun = 40;

    private const string Head =
        " timeout client 1s\n timeout server 1s\n timeout connect 1s\nbackend b\n stick-table type string size 1\nlisten f\n bind 127.0.0.1:1\n acl a src 127.0.0.1\n acl b.c src 127.0.0.1\n";

    /// <summary>What one HAProxy says of each line: nothing where it takes the line, else its message.</summary>
    /// <param name="program">The HAProxy.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="mode">The mode of the frontend.</param>
    /// <param name="section">The header of another section that the lines stand in.</param>
    internal static IReadOnlyList<string?> Of(string program, IReadOnlyList<byte[]> lines, string mode = "http", string? section = null)
    {
        var verdicts = new string?[lines.Count];
        using var folder = new TemporaryFolder();
        var head = $"defaults\n mode {mode}\n{Head}{(section is null ? "" : section + "\n")}";
        for (var first = 0; first < lines.Count; first += LinesOfARun)
        {
            var count = Math.Min(LinesOfARun, lines.Count - first);
            var path = folder.File(string.Create(CultureInfo.InvariantCulture, $"{first}.cfg"));
            File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes(head), .. lines.Skip(first).Take(count).SelectMany(line => (byte[])[(byte)' ', .. line, (byte)'\n'])]);
            var messages = HaproxyCheck.Run(program, ["-f", path], new Dictionary<string, string>(StringComparer.Ordinal)).Messages.Text;
            var headLines = head.Count(c => c == '\n');
            foreach (Match alert in Alert().Matches(messages))
            {
                var line = int.Parse(alert.Groups["line"].ValueSpan, CultureInfo.InvariantCulture) - headLines - 1;
                Assert.InRange(line, 0, count - 1);
                verdicts[first + line] ??= alert.Groups["message"].Value;
            }
        }

        return verdicts;
    }

    /// <summary>A line whose words have these values.</summary>
    internal static byte[] Line(string keywords, params IEnumerable<string> values)
    {
        var line = new List<byte>(Encoding.ASCII.GetBytes(keywords));
        foreach (var value in values)
        {
            line.AddRange(" \""u8);
            foreach (var b in Encoding.UTF8.GetBytes(value))
            {
                line.AddRange(b switch
                {
                    (byte)'"' or (byte)'\\' or (byte)'$' => [(byte)'\\', b],
                    < 0x20 or 0x7F => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\x{b:x2}")),
                    _ => [b],
                });
            }

            line.Add((byte)'"');
        }

        return [.. line];
    }

    [GeneratedRegex(@"\[ALERT\][^\n]*?: (parsing )?\[[^\]]*:(?<line>\d+)\] ?: ?(?<message>[^\n]*)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Alert();
}
