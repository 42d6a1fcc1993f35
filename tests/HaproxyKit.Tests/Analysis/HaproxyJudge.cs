using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Analysis;

/// <summary>Asks a real HAProxy what it thinks of a text; the same text is asked about once in a process.</summary>
internal static class HaproxyJudge
{
    private static readonly ConcurrentDictionary<(string Program, string Text), HaproxyVerdict> Known = new();

    internal static HaproxyVerdict Judge(string program, byte[] text) =>
        Known.GetOrAdd((program, Convert.ToHexString(SHA256.HashData(text))), key => Run(key.Program, text));

    private static HaproxyVerdict Run(string program, byte[] text)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("judged.cfg");
        File.WriteAllBytes(file, text);
        var start = new ProcessStartInfo(program, ["-c", "-f", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = System.Text.Encoding.Latin1,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(file)!,
        };
        start.Environment.Clear();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var messages = process.StandardError.ReadToEnd();
        output.Wait(TimeSpan.FromMinutes(1));
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
        {
            process.Kill();
            Assert.Fail($"{program} did not end on\n{Latin1.Text(text)}");
        }

        return HaproxyVerdict.Read(messages, process.ExitCode);
    }
}
