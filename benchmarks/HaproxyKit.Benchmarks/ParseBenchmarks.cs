using BenchmarkDotNet.Attributes;
using HaproxyKit.Benchmarks.Inputs;
using HaproxyKit.Syntax;

namespace HaproxyKit.Benchmarks;

/// <summary>From bytes to a document, and to all words of it.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ParseBenchmarks
{
    private byte[] _text = [];

    /// <summary>The shape of the file.</summary>
    [Params(InputFile.Mappings, InputFile.Pairs)]
    public string Shape { get; set; } = "";

    /// <summary>The size of the file in millions of bytes.</summary>
    [Params(1, 10, 50)]
    public int Megabytes { get; set; }

    [GlobalSetup]
    public void Generate() => _text = InputFile.Generate(Shape, Megabytes);

    /// <summary>What no reader can do without: one copy of the bytes.</summary>
    [Benchmark(Baseline = true)]
    public byte[] Copy() => _text.AsSpan().ToArray();

    [Benchmark]
    public ConfigDocument Parse() => ConfigDocument.Parse(_text);

    [Benchmark]
    public int ParseAndReadAllWords()
    {
        var bytes = 0;
        foreach (var section in ConfigDocument.Parse(_text).Sections)
        {
            for (var i = 0; i < section.LineCount; i++)
            {
                foreach (var word in section[i].Words)
                {
                    bytes += word.Raw.Length;
                }
            }
        }

        return bytes;
    }
}
