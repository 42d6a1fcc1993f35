using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Mappings;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// The wanted mappings in the state folder, one file each, and the times of the last calls. They are the memory that tells a deletion from a
/// template run that wiped HAProxy's file, and that processes share.
/// </summary>
internal sealed class MappingStore
{
    private const string Extension = ".json";
    private const string GenerationName = "generation";
    private const int LongestTouchPause = 5;
    private const int TouchesPerLease = 10;

    private readonly StateFolder _root;
    private readonly StateFolder _mappings;
    private readonly StateFolder _calls;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, long> _touched = new(StringComparer.Ordinal);
    private (string Generation, DesiredMappings Mappings)? _known;

    public MappingStore(IOptions<PhoneHomeOptions> options, TimeProvider time)
    {
        var folder = options.Value.StateFolder;
        try
        {
            _root = StateFolder.Open(folder);
            _mappings = StateFolder.Open(Path.Combine(folder, "mappings"));
            _calls = StateFolder.Open(Path.Combine(folder, "calls"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(
                PhoneHomeOptions.SectionName, typeof(PhoneHomeOptions), [$"{PhoneHomeOptions.SectionName}:{nameof(PhoneHomeOptions.StateFolder)}: {e.Message}"]);
        }

        _time = time;
    }

    /// <summary>Takes the store for this process and this caller alone. All members but <see cref="LastCall"/> are used under it.</summary>
    internal Task<IDisposable> LockAsync(CancellationToken cancellationToken) => _root.LockAsync(_time, cancellationToken);

    /// <summary>Keeps a copy of HAProxy's file as it served last.</summary>
    internal void SaveLastGood(ReadOnlySpan<byte> content) => _root.SaveLastGood(content);

    /// <summary>The wanted mappings; read anew only where another process wrote them.</summary>
    internal DesiredMappings Load()
    {
        var generation = Encoding.ASCII.GetString(_root.Read(GenerationName) ?? []);
        if (_known is { } known && known.Generation == generation)
        {
            return known.Mappings;
        }

        var mappings = DesiredMappings.Of(_mappings.Names()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => (Name: name, Mapping: Parse(_mappings.Read(name))))
            .Where(stored => stored.Mapping is { } mapping && stored.Name == NameOf(mapping.FrontendPort))
            .Select(stored => stored.Mapping!));
        _known = (generation, mappings);
        return mappings;
    }

    /// <summary>Writes what differs.</summary>
    internal void Save(DesiredMappings mappings)
    {
        var present = Load();
        if (ReferenceEquals(present, mappings) || present.All.SequenceEqual(mappings.All))
        {
            return;
        }

        // The generation first and last: a process that dies between leaves one that nobody has read.
        Advance();
        foreach (var mapping in mappings.All.Where(mapping => !mapping.Equals(present[mapping.FrontendPort])))
        {
            _mappings.Write(NameOf(mapping.FrontendPort), JsonSerializer.SerializeToUtf8Bytes(StoredMapping.Of(mapping), StoredMappingJsonContext.Default.StoredMapping));
        }

        foreach (var mapping in present.All.Where(mapping => mappings[mapping.FrontendPort] is null))
        {
            _mappings.Delete(NameOf(mapping.FrontendPort));
        }

        foreach (var (port, node) in NodesOf(present).Except(NodesOf(mappings)).ToList())
        {
            _calls.Delete(NameOf(port, node));
            _touched.Remove(NameOf(port, node));
        }

        _known = (Advance(), mappings);
    }

    /// <summary>Notes that a node has called. Calls in quick succession are noted once.</summary>
    internal void NoteCall(Mapping mapping, string? node)
    {
        var name = NameOf(mapping.FrontendPort, node);
        var pause = Math.Min(LongestTouchPause, mapping.Lease.TotalSeconds / TouchesPerLease);
        if (_touched.TryGetValue(name, out var last) && _time.GetElapsedTime(last).TotalSeconds < pause)
        {
            return;
        }

        _calls.Touch(name, _time.GetUtcNow());
        _touched[name] = _time.GetTimestamp();
    }

    /// <summary>When a node has called last, by a clock that may be set: good only to be compared with itself. Null where it never has.</summary>
    internal DateTimeOffset? LastCall(int frontendPort, string? node) => _calls.TouchedAt(NameOf(frontendPort, node));

    private static IEnumerable<(int Port, string? Node)> NodesOf(DesiredMappings mappings) =>
        mappings.All.SelectMany(mapping => mapping.Nodes.Select(node => (mapping.FrontendPort, node.Node)));

    private string Advance()
    {
        var generation = Guid.NewGuid().ToString("N");
        _root.Write(GenerationName, Encoding.ASCII.GetBytes(generation));
        return generation;
    }

    private static Mapping? Parse(byte[]? json)
    {
        try
        {
            // A file that somebody broke is no mapping; what HAProxy's own file says of it is taken over again.
            return json is not null && JsonSerializer.Deserialize(json, StoredMappingJsonContext.Default.StoredMapping)?.ToMapping() is { } mapping && MappingRules.IsSound(mapping)
                ? mapping
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private static string NameOf(int frontendPort) => frontendPort.ToString(CultureInfo.InvariantCulture) + Extension;

    /// <summary>Node names may be as long as a file's name; so the name is its hash.</summary>
    private static string NameOf(int frontendPort, string? node) => string.Create(
        CultureInfo.InvariantCulture,
        $"{frontendPort}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(node ?? "")).AsSpan(0, 8))}");
}
