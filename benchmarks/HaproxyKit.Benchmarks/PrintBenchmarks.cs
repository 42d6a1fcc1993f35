using BenchmarkDotNet.Attributes;
using HaproxyKit.Benchmarks.Inputs;
using HaproxyKit.Syntax;

namespace HaproxyKit.Benchmarks;

/// <summary>From a document back to bytes.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class PrintBenchmarks
{
    private byte[] _text = [];
    private ConfigDocument _parsed = ConfigDocument.Empty;
    private ConfigDocument _edited = ConfigDocument.Empty;

    /// <summary>The shape of the file.</summary>
    [Params(InputFile.Mappings, InputFile.Pairs)]
    public string Shape { get; set; } = "";

    /// <summary>The size of the file in millions of bytes.</summary>
    [Params(1, 10)]
    public int Megabytes { get; set; }

    [GlobalSetup]
    public void Generate()
    {
        _text = InputFile.Generate(Shape, Megabytes);
        _parsed = ConfigDocument.Parse(_text);
        _edited = _parsed;
        for (var i = 0; i < _parsed.SectionCount; i += 2)
        {
            _edited = _edited.ReplaceLines(i, _edited.GetSection(i).LineCount - 1, 0, "    # edited\n"u8);
        }
    }

    /// <summary>What no printer can do without: one copy of the bytes.</summary>
    [Benchmark(Baseline = true)]
    public byte[] Copy() => _text.AsSpan().ToArray();

    [Benchmark]
    public byte[] PrintUnedited() => _parsed.ToBytes();

    /// <summary>Every second section was edited, so that the text lies in many pieces.</summary>
    [Benchmark]
    public byte[] PrintEdited() => _edited.ToBytes();

    [Benchmark]
    public void WriteUneditedToStream() => _parsed.WriteTo(Stream.Null);
}
