using System.Diagnostics;
using System.Globalization;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Fuzzing;

/// <summary>
/// Nothing that reads a text throws, or takes longer than a text of its length may take. <c>tests/fuzz.sh</c> tries ten million inputs; here it is
/// a short run from a seed that never changes.
/// </summary>
/// <remarks>
/// <c>HAPROXYKIT_FUZZ_INPUTS</c> is the number of inputs a target, <c>HAPROXYKIT_FUZZ_SEED</c> the seed. A failure shows the smallest input found,
/// in base 64.
/// </remarks>
public sealed class FuzzTests
{
    private const int InputsInTheShortRun = 10_000;

    // No input is longer than 4 kB, and the slowest target reads 1 MB/s or more: what is beyond these is not linear. An input that seems slow is
    // measured anew, as the machine does other things too.
    private static readonly TimeSpan LongestTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestShrinking = TimeSpan.FromSeconds(20);
    private const int Measurements = 6;

    public static TheoryData<string> Targets => [.. FuzzTargets.ByName.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void No_input_makes_a_target_throw_or_take_long(string target)
    {
        var run = FuzzTargets.ByName[target];
        var count = Setting("HAPROXYKIT_FUZZ_INPUTS", InputsInTheShortRun);
        var seed = (ulong)Setting("HAPROXYKIT_FUZZ_SEED", 20_240_601) + (ulong)target.Length;
        long bytes = 0;
        foreach (var input in new FuzzInputs(seed).All().Take(count))
        {
            bytes += input.Length;
            if (Defect(run, input) is { } defect)
            {
                var smallest = Smallest(run, input);
                Assert.Fail($"{target}: {Defect(run, smallest) ?? defect}\ninput: {Convert.ToBase64String(smallest)}");
            }
        }

        TestContext.Current.SendDiagnosticMessage("{0}: {1} inputs, {2} bytes", target, count, bytes);
        Assert.True(bytes > count, "The inputs were empty.");
    }

    [Fact]
    public void A_target_that_throws_is_found_and_its_input_made_small()
    {
        static void Target(byte[] input)
        {
            if (input.AsSpan().IndexOf("bind"u8) >= 0)
            {
                throw new FormatException("planted");
            }
        }

        var found = new FuzzInputs(1).All().Take(10_000).First(input => Defect(Target, input) is not null);

        Assert.Equal("bind"u8.ToArray(), Smallest(Target, found));
    }

    [Fact]
    public void A_target_that_takes_long_is_found()
    {
        var time = new SteppedTime();
        Assert.Equal("150 ms for 1 bytes", Defect(_ => time.Step(LongestTime * 1.5), [1], time));
    }

    private static string? Defect(Action<byte[]> run, byte[] input, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < Measurements && best > LongestTime; i++)
        {
            var start = time.GetTimestamp();
            try
            {
                run(input);
            }
            catch (Exception exception)
            {
                return exception.ToString();
            }

            var elapsed = time.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        return best > LongestTime ? $"{best.TotalMilliseconds:F0} ms for {input.Length} bytes" : null;
    }

    private static byte[] Smallest(Action<byte[]> run, byte[] input)
    {
        // An input that takes long makes every step long: what is smallest after a while is small enough.
        var start = Stopwatch.GetTimestamp();
        while (ByteShrinker.Shrink(input).TakeWhile(_ => Stopwatch.GetElapsedTime(start) < LongestShrinking)
            .FirstOrDefault(smaller => Defect(run, smaller) is not null) is { } found)
        {
            input = found;
        }

        return input;
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
