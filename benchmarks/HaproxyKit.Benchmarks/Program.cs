using BenchmarkDotNet.Running;
using System.Globalization;
using HaproxyKit.Benchmarks;
using HaproxyKit.Benchmarks.Applying;
using HaproxyKit.Benchmarks.Calling;

if (args is ["edit-latency"])
{
    EditLatency.Run();
}
else if (args is ["apply-latency", .. var numbers])
{
    // [BACKENDS] [CHANGES]
    var backends = numbers is [var first, ..] ? int.Parse(first, CultureInfo.InvariantCulture) : 10;
    var changes = numbers is [_, var second, ..] ? int.Parse(second, CultureInfo.InvariantCulture) : 1_000;
    await ApplyLatency.RunAsync(backends, changes);
}
else if (args is ["heartbeat-rate", .. var counts])
{
    // [MAPPINGS]
    await HeartbeatRate.RunAsync(counts is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 10);
}
else if (args is ["move-latency", .. var amounts])
{
    // [MAPPINGS] [MOVES] [MILLISECONDS BETWEEN THEM]
    int Amount(int index, int otherwise) => amounts.Length > index ? int.Parse(amounts[index], CultureInfo.InvariantCulture) : otherwise;
    await MoveLatency.RunAsync(Amount(0, 10), Amount(1, 300), TimeSpan.FromMilliseconds(Amount(2, 100)));
}
else if (args is ["mapping-change", .. var sizes])
{
    // [MAPPINGS]
    MappingChange.Run(sizes is [var size, ..] ? int.Parse(size, CultureInfo.InvariantCulture) : 10);
}
else if (args is [HeartbeatLoad.Name, .. var load])
{
    await HeartbeatLoad.RunAsync(load);
}
else if (args is ["analysis-time"])
{
    AnalysisTime.Run();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
