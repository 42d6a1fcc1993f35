using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaproxyKit.Control.Deployment;

/// <summary>A change as it is kept in a file.</summary>
internal sealed partial class RevisionHistoryFile
{
    /// <summary>More than any configuration that HAProxy reads in a reasonable time; what claims to hold more is damaged.</summary>
    internal const int MaxContent = 256 * 1024 * 1024;

    public required int Number { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Target { get; init; }

    public required DeploymentOutcome Outcome { get; init; }

    public required string Origin { get; init; }

    public required string[] Steps { get; init; }

    public required int[] Undoes { get; init; }

    public required string BeforeHash { get; init; }

    public required string AfterHash { get; init; }

    /// <summary>The file before, compressed (Brotli).</summary>
    public required byte[] Before { get; init; }

    /// <summary>The file after, compressed (Brotli).</summary>
    public required byte[] After { get; init; }

    internal static byte[] Write(RevisionHistoryEntry entry, string target) => JsonSerializer.SerializeToUtf8Bytes(
        new RevisionHistoryFile
        {
            Number = entry.Number,
            Time = entry.Time,
            Target = target,
            Outcome = entry.Outcome,
            Origin = entry.Origin,
            Steps = [.. entry.Steps],
            Undoes = [.. entry.Undoes],
            BeforeHash = ConfigRevision.HashOf(entry.Before.Span),
            AfterHash = ConfigRevision.HashOf(entry.After.Span),
            Before = Compress(entry.Before.Span),
            After = Compress(entry.After.Span),
        },
        Context.Default.RevisionHistoryFile);

    /// <summary>Reads a change.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    internal static RevisionHistoryEntry Read(ReadOnlySpan<byte> content)
    {
        RevisionHistoryFile file;
        try
        {
            file = JsonSerializer.Deserialize(content, Context.Default.RevisionHistoryFile) ?? throw new InvalidDataException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("it is not whole", e);
        }

        return new RevisionHistoryEntry
        {
            Number = file.Number,
            Time = file.Time,
            Outcome = file.Outcome,
            Origin = file.Origin,
            Steps = [.. file.Steps],
            Undoes = [.. file.Undoes],
            Before = Expand(file.Before, file.BeforeHash),
            After = Expand(file.After, file.AfterHash),
        };
    }

    private static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(content);
        }

        return compressed.ToArray();
    }

    private static byte[] Expand(byte[] compressed, string hash)
    {
        using var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = brotli.Read(buffer)) > 0;)
            {
                content.Write(buffer.AsSpan(0, read));
                if (content.Length > MaxContent)
                {
                    throw new InvalidDataException("it claims to hold more than a configuration");
                }
            }
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException("its configuration cannot be expanded", e);
        }

        var bytes = content.ToArray();
        return string.Equals(ConfigRevision.HashOf(bytes), hash, StringComparison.Ordinal)
            ? bytes
            : throw new InvalidDataException("its configuration is not the one that was kept");
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UseStringEnumConverter = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(RevisionHistoryFile))]
    private sealed partial class Context : JsonSerializerContext;
}
