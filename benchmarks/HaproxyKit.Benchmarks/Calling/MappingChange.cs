using System.Diagnostics;
using System.Globalization;
using System.Net;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;

namespace HaproxyKit.Benchmarks.Calling;

/// <summary>What it takes to write the move of one node into a file of many mappings: as percentiles, and as memory.</summary>
internal static class MappingChange
{
    private const int Changes = 1_000;
    private const int WarmUps = 100;

    /// <summary>Measures, and prints one line of a Markdown table.</summary>
    internal static void Run(int count)
    {
        var sections = new MappingSections(new MappingSectionOptions());
        var mappings = Enumerable.Range(1, count).Select(NewMapping).ToArray();
        var document = sections.Apply(ConfigDocument.Parse("global\n    maxconn 1000\n"), mappings);
        var times = new double[Changes];
        var allocated = 0L;
        for (var i = -WarmUps; i < Changes; i++)
        {
            var at = (i + WarmUps) * 7_919 % count;
            mappings[at] = mappings[at] with { Nodes = [mappings[at].Nodes[0] with { Address = new IPAddress([10, 0, (byte)(i & 0xff), (byte)(1 + (i >> 8 & 0x7f))]) }] };
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            document = sections.Apply(document, mappings);
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }

        Array.Sort(times);
        Console.WriteLine("| Mappings | Moves | p50 | p99 | Memory a move |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {count} | {Changes} | {times[Changes / 2]:F3} ms | {times[Changes * 99 / 100]:F3} ms | {allocated / Changes / 1024} kB |"));
    }

    private static Mapping NewMapping(int port) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"map-{port}"),
        FrontendPort = port,
        Owner = "team",
        Lease = TimeSpan.FromHours(1),
        Nodes = [new MappingNode { Node = "worker-1", Address = IPAddress.Parse("10.0.0.1"), Port = 30443 }],
    };
}
