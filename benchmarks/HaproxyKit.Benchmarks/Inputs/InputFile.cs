namespace HaproxyKit.Benchmarks.Inputs;

/// <summary>The generated files that benchmarks read, by shape and size.</summary>
internal static class InputFile
{
    internal const string Mappings = "mappings";
    internal const string Pairs = "pairs";

    /// <summary>The bytes of a file.</summary>
    /// <param name="shape">Which of the shapes.</param>
    /// <param name="megabytes">1, 10 or 50, in millions of bytes, about.</param>
    internal static byte[] Generate(string shape, int megabytes) => shape switch
    {
        Mappings => MappingsFile.Generate(megabytes == 1 ? 790 : 787 * megabytes),
        Pairs => PairsFile.Generate(1335 * megabytes),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "There is no such shape of file."),
    };
}
