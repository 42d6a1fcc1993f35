using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Support;

/// <summary>Some lines or values for one run of HAProxy, few enough that it tells of all their faults.</summary>
/// <param name="Lines">The lines without line endings, or the values.</param>
public sealed record HostileLines(byte[][] Lines)
{
    private const int Most = 40;

    /// <summary>
    /// Lines that HAProxy reads or refuses one by one: without a NUL, which ends the file, and not near the 64 words
    /// that its branches count differently.
    /// </summary>
    internal static Arbitrary<HostileLines> Lists { get; } = Arb.From(
        HostileText.Line.Generator
            .Select(line => line.Where(b => b != 0).ToArray())
            .Where(line => line.Count(b => b is 32 or (>= 9 and <= 13)) < 50)
            .ArrayOf(Most)
            .Select(lines => new HostileLines(lines)),
        Shrink);

    /// <summary>Values that can be written.</summary>
    internal static Arbitrary<HostileLines> Values { get; } = Arb.From(
        HostileText.Line.Generator
            .Where(value => WordWriter.DescribeRefusal(value) is null && value.Length < 500)
            .ArrayOf(Most)
            .Select(values => new HostileLines(values)),
        list => Shrink(list).Where(smaller => smaller.Lines.All(value => WordWriter.DescribeRefusal(value) is null)));

    /// <summary>The lines as the report of a failed law shows them.</summary>
    /// <returns>The lines between angle brackets.</returns>
    public override string ToString() => string.Join(" ", Lines.Select(line => $"<{Latin1.Text(line)}>"));

    private static IEnumerable<HostileLines> Shrink(HostileLines list)
    {
        var lines = list.Lines;
        for (var size = lines.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= lines.Length; start += size)
            {
                yield return new HostileLines([.. lines[..start], .. lines[(start + size)..]]);
            }
        }

        if (lines.Length == 1)
        {
            foreach (var smaller in ByteShrinker.Shrink(lines[0]).Where(line => !line.Contains((byte)'\n')))
            {
                yield return new HostileLines([smaller]);
            }
        }
    }
}
