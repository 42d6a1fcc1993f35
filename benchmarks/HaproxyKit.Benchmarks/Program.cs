using BenchmarkDotNet.Running;
using HaproxyKit.Benchmarks;

if (args is ["edit-latency"])
{
    EditLatency.Run();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
