using System.Diagnostics;
using System.Globalization;
using HaproxyKit.Benchmarks.Inputs;

namespace HaproxyKit.Benchmarks;

/// <summary>
/// What an analysis takes beside <c>haproxy -c</c>, one after the other in turn, by the clock and in processor time: on a machine with other
/// work the clock tells as much of that work, and the processor time of both, collector and threads included, still tells them apart.
/// </summary>
internal static class AnalysisTime
{
    private const int WarmUps = 20;
    private const int Rounds = 20;

    /// <summary>As the kernel counts the time of processes: in hundredths of a second.</summary>
    private const double TickMilliseconds = 10;

    /// <summary>Measures, and prints one line of a Markdown table for each shape.</summary>
    internal static void Run()
    {
        Console.WriteLine("| Shape | Megabytes | HAProxy | Analysis | Ratio | HAProxy, processor | Analysis, processor | Ratio |");
        Console.WriteLine("|--- |--- |---:|---:|---:|---:|---:|---:|");
        foreach (var shape in new[] { InputFile.Mappings, InputFile.Pairs })
        {
            Measure(shape, megabytes: 10);
        }
    }

    private static void Measure(string shape, int megabytes)
    {
        var benchmark = new AnalysisBenchmarks { Shape = shape, Megabytes = megabytes };
        benchmark.Generate();
        for (var i = 0; i < WarmUps; i++)
        {
            benchmark.AnalyzeFile();
        }

        var (check, analysis) = (new double[Rounds], new double[Rounds]);
        var (checking, analysing) = (0.0, 0.0);
        for (var i = 0; i < Rounds; i++)
        {
            var children = OfChildren();
            check[i] = Time(benchmark.HaproxyCheck);
            checking += OfChildren() - children;
            var own = Environment.CpuUsage.TotalTime;
            analysis[i] = Time(benchmark.AnalyzeFile);
            analysing += (Environment.CpuUsage.TotalTime - own).TotalMilliseconds;
        }

        benchmark.Remove();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {shape} | {megabytes} | {Median(check):F0} ms | {Median(analysis):F0} ms | {Median(analysis) / Median(check):F2} "
            + $"| {checking / Rounds:F0} ms | {analysing / Rounds:F0} ms | {analysing / checking:F2} |"));
    }

    private static double Time(Func<int> run)
    {
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }

    /// <summary>The processor time of all child processes that have ended: the fields cutime and cstime of proc(5).</summary>
    private static double OfChildren()
    {
        var status = File.ReadAllText("/proc/self/stat");
        var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
        return TickMilliseconds
            * (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture));
    }
}
