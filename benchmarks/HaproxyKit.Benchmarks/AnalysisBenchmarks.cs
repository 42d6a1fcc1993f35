using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using HaproxyKit.Analysis;
using HaproxyKit.Benchmarks.Inputs;
using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Benchmarks;

/// <summary>All findings of a large file, from its bytes, beside what HAProxy itself takes to check the same file.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class AnalysisBenchmarks
{
    private string _path = "";
    private byte[] _text = [];

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
        _path = Path.Combine(Path.GetTempPath(), $"haproxykit-{Guid.NewGuid():N}.cfg");
        File.WriteAllBytes(_path, _text);
        if (AnalyzeFile() is var findings and > 0)
        {
            throw new InvalidOperationException($"The file is said to have {findings} errors.");
        }
    }

    [GlobalCleanup]
    public void Remove() => File.Delete(_path);

    /// <summary>HAProxy reads the file, resolves all that it names, and ends.</summary>
    [Benchmark(Baseline = true)]
    public int HaproxyCheck()
    {
        var program = Environment.GetEnvironmentVariable("HAPROXYKIT_HAPROXY") is { Length: > 0 } named ? named : "/usr/sbin/haproxy";
        using var check = Process.Start(new ProcessStartInfo(program, ["-c", "-q", "-f", _path]))!;
        check.WaitForExit();
        return check.ExitCode == 0 ? 0 : throw new InvalidOperationException($"HAProxy refuses the file: exit code {check.ExitCode}.");
    }

    /// <summary>The number of errors, none, with the file read from the disk as HAProxy reads it.</summary>
    [Benchmark]
    public int AnalyzeFile()
    {
        var found = ConfigAnalyzer.Analyze(ConfigDocument.Load(_path), HaproxyVersion.V2_6);
        return found.Count(finding => finding.Severity == Diagnostics.DiagnosticSeverity.Error);
    }
}
