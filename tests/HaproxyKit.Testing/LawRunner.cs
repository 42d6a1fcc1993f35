using System.Collections;
using System.Globalization;
using System.Text;
using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Assert = Xunit.Assert;

namespace HaproxyKit.Testing;

/// <summary>Fails the running test when a law does not hold, showing bytes as text.</summary>
/// <param name="replayVariable">The variable of the environment that repeats a failure.</param>
internal sealed class LawRunner(string replayVariable) : IRunner
{
    /// <inheritdoc/>
    public void OnStartFixture(Type t)
    {
    }

    /// <inheritdoc/>
    public void OnArguments(
        int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
    {
    }

    /// <inheritdoc/>
    public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
    {
    }

    /// <inheritdoc/>
    public void OnFinished(string name, TestResult result)
    {
        switch (result)
        {
            case TestResult.Failed failed:
                Assert.Fail(Tell(name, failed));
                break;
            case TestResult.Exhausted exhausted:
                Assert.Fail($"{name}: only {exhausted.Item.NumberOfTests} cases could be made, too many were refused");
                break;
        }
    }

    private string Tell(string name, TestResult.Failed failed)
    {
        var text = new StringBuilder();
        var invariant = CultureInfo.InvariantCulture;
        var (cases, shrinks) = (failed.Item1.NumberOfTests, failed.Item1.NumberOfShrinks);
        text.Append(invariant, $"{name} does not hold: case {cases}, shrunk {shrinks} times\n");
        foreach (var argument in failed.Item3)
            text.Append("  ").Append(Show(argument)).Append('\n');
        if (shrinks > 0)
        {
            text.Append("at first:\n");
            foreach (var argument in failed.Item2)
                text.Append("  ").Append(Show(argument)).Append('\n');
        }

        if (failed.Item4 is Outcome.Failed { Item: { } exception })
            text.Append(exception).Append('\n');
        text.Append(invariant, $"again: {replayVariable}={failed.Item6.Seed},{failed.Item6.Gamma},{failed.Item7}");
        return text.ToString();
    }

    private static string Show(object? value) => value switch
    {
        null => "null",
        byte[] bytes => ShowBytes(bytes),
        ReadOnlyMemory<byte> bytes => ShowBytes(bytes.Span),
        string s => ShowBytes(Encoding.UTF8.GetBytes(s)),
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Show)) + "]",
        _ => value.ToString() ?? "",
    };

    private static string ShowBytes(ReadOnlySpan<byte> bytes)
    {
        const int Shown = 2_000;
        var text = new StringBuilder("\"");
        foreach (var b in bytes[..Math.Min(bytes.Length, Shown)])
        {
            _ = b switch
            {
                (byte)'\n' => text.Append("\\n"),
                (byte)'\r' => text.Append("\\r"),
                (byte)'\t' => text.Append("\\t"),
                (byte)'"' or (byte)'\\' => text.Append('\\').Append((char)b),
                >= 0x20 and < 0x7F => text.Append((char)b),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{b:X2}"),
            };
        }

        text.Append(bytes.Length > Shown ? "..." : "\"");
        return text.Append(CultureInfo.InvariantCulture, $" ({bytes.Length} bytes)").ToString();
    }
}
