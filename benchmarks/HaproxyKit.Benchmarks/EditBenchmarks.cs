using BenchmarkDotNet.Attributes;
using HaproxyKit.Benchmarks.Inputs;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Benchmarks;

/// <summary>One server's address in a large file: look-up, edit and snapshot, with the index of names warm.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class EditBenchmarks
{
    private HaproxyConfig _config = new();
    private string[] _backends = [];
    private int _next;
    private int _edits;

    /// <summary>The shape of the file.</summary>
    [Params(InputFile.Mappings, InputFile.Pairs)]
    public string Shape { get; set; } = "";

    /// <summary>The size of the file in millions of bytes.</summary>
    [Params(1, 10)]
    public int Megabytes { get; set; }

    [GlobalSetup]
    public void Parse()
    {
        _config = new HaproxyConfig(ConfigDocument.Parse(InputFile.Generate(Shape, Megabytes)));
        _backends = [.. _config.Backends.Select(backend => backend.Name)];
        _ = ChangeOneServer();
    }

    [Benchmark]
    public ConfigDocument ChangeOneServer()
    {
        _next = (_next + 7_919) % _backends.Length;
        _config.Backends[_backends[_next]].Servers[0].Address = new Address("198.51.100.7", 1 + (_edits++ % 60_000));
        return _config.Document;
    }
}
