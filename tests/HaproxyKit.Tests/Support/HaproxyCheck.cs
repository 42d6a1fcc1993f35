using System.Diagnostics;

namespace HaproxyKit.Tests.Support;

/// <summary>Runs <c>haproxy -c</c> in an environment that holds nothing but what is given.</summary>
internal static class HaproxyCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal static (byte[] Output, HaproxyMessages Messages) Run(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments.Prepend("-c"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = System.Text.Encoding.Latin1,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var messages = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        if (!process.WaitForExit(Limit))
        {
            process.Kill();
            Assert.Fail($"{program} did not end");
        }

        return (output.ToArray(), new HaproxyMessages(messages.Result));
    }
}
