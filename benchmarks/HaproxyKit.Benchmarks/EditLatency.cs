using System.Diagnostics;
using System.Globalization;
using HaproxyKit.Benchmarks.Inputs;
using HaproxyKit.Syntax;

namespace HaproxyKit.Benchmarks;

/// <summary>
/// What single edits take, as percentiles: BenchmarkDotNet tells of means, and somebody who waits for an edit cares about the slow ones too.
/// </summary>
internal static class EditLatency
{
    private const int WarmUps = 5_000;
    private const int Edits = 50_000;

    /// <summary>Measures, and prints one line of a Markdown table for each shape and size.</summary>
    internal static void Run()
    {
        Console.WriteLine("| Shape | Megabytes | Median | p99 | p99.9 | Allocated |");
        Console.WriteLine("|--- |--- |---:|---:|---:|---:|");
        foreach (var shape in new[] { InputFile.Mappings, InputFile.Pairs })
        {
            foreach (var megabytes in new[] { 1, 10 })
            {
                Measure(shape, megabytes);
            }
        }
    }

    private static void Measure(string shape, int megabytes)
    {
        var benchmark = new EditBenchmarks { Shape = shape, Megabytes = megabytes };
        benchmark.Parse();
        var ticks = new long[Edits];
        for (var i = 0; i < WarmUps; i++)
        {
            _ = benchmark.ChangeOneServer();
        }

        GC.Collect();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        ConfigDocument? last = null;
        for (var i = 0; i < Edits; i++)
        {
            var start = Stopwatch.GetTimestamp();
            last = benchmark.ChangeOneServer();
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        GC.KeepAlive(last);
        Array.Sort(ticks);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {shape} | {megabytes} | {At(0.5):F1} μs | {At(0.99):F1} μs | {At(0.999):F1} μs | {allocated / Edits} B |"));

        double At(double share) => ticks[(int)(share * (Edits - 1))] * 1e6 / Stopwatch.Frequency;
    }
}
