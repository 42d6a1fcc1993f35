using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Mappings;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// The wanted mappings in the state folder, in a journal, and which nodes have called. They are the memory that tells a deletion from a
/// template run that wiped HAProxy's file, and that processes share.
/// </summary>
internal sealed class MappingStore
{
    private const string Extension = ".json";
    private const string CallsName = "calls.json";
    private const string SettingsName = "settings.json";
    private const string SettingsAlarm = "phone-home state settings";
    private const string ProbeName = "probe";
    private const int ProbeBytes = 8 * 1024;

    internal const string EditedAlarm = "phone-home state edited";

    private readonly StateFolder _root;
    private readonly MappingJournal _journal;
    private readonly TimeProvider _time;
    private readonly CallMarks _marks = new();
    private StoredState _known = StoredState.Empty;
    private readonly OptionalWrites _writes;
    private readonly HashSet<int> _owedUnedited = [];
    private bool _isHeld;
    private bool _isCurrent;

    public MappingStore(IOptions<PhoneHomeOptions> options, TimeProvider time, AlarmBoard? alarms = null)
    {
        _writes = new OptionalWrites(alarms);
        var folder = options.Value.StateFolder;
        try
        {
            _root = StateFolder.Open(folder);
            _journal = new MappingJournal(_root, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(
                PhoneHomeOptions.SectionName, typeof(PhoneHomeOptions), [$"{PhoneHomeOptions.SectionName}:{nameof(PhoneHomeOptions.StateFolder)}: {e.Message}"]);
        }

        _time = time;
        Stamps = new SignedStamps(time);
        LastGood = new LastGoodCopy(_root, _writes);
    }

    /// <summary>HAProxy's file as it served last.</summary>
    internal LastGoodCopy LastGood { get; }

    /// <summary>When calls were signed; needs no lock.</summary>
    internal SignedStamps Stamps { get; }

    /// <summary>Takes the store for this process and this caller alone. All members but <see cref="NoteCall"/>, <see cref="HasNewCalls"/>, <see cref="Stamps"/> and <see cref="Known"/> are used under it.</summary>
    internal async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var folder = await _root.LockAsync(_time, cancellationToken).ConfigureAwait(false);
        _isHeld = true;
        return new Hold(this, folder);
    }

    /// <summary>What was read or written last; needs no lock.</summary>
    internal StoredState Known => Volatile.Read(ref _known);

    /// <summary>Writes which mappings' sections stay as somebody has edited them, where it differs; what is owed since a deployment waits for the next.</summary>
    internal void SaveEdited(IEnumerable<int> ports)
    {
        var wanted = ports.ToHashSet();
        _owedUnedited.ExceptWith(wanted);
        if (!wanted.SetEquals(Learn().Edited))
        {
            WriteEdited(wanted);
        }
    }

    /// <summary>Of those sections, lets go the ones that a deployment has written anew. HAProxy has them by then: what cannot be written yet is owed.</summary>
    internal void ForgetEdited(IEnumerable<int> ports)
    {
        _owedUnedited.UnionWith(ports);
        if (_owedUnedited.Count > 0)
        {
            var left = Learn().Edited;
            _writes.Try(EditedAlarm, "which sections are as somebody has edited them", () => WriteEdited(left));
        }
    }

    /// <summary>Writes as much as a change may need, and takes it away again.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void TryWriting()
    {
        _root.Write(ProbeName, new byte[ProbeBytes]);
        _root.Delete(ProbeName);
    }

    private void WriteEdited(IReadOnlySet<int> ports)
    {
        _journal.SaveEdited(ports);
        _owedUnedited.Clear();
        _writes.Clear(EditedAlarm);
        Learn();
    }

    /// <summary>The wanted mappings; only what another process has added is read, and that once while nobody else can add.</summary>
    internal DesiredMappings Load()
    {
        if (!_isCurrent && !_journal.Exists)
        {
            TakeOver();
        }

        return Learn().Mappings;
    }

    /// <summary>Whether anything was ever stored here.</summary>
    internal bool Exists => _journal.Exists;

    /// <summary>Notes that who has signed what until now is lost, so that nobody's signed call of before is taken.</summary>
    internal void ForgetSignatures()
    {
        _journal.SaveForgotten(_time.GetUtcNow());
        Learn();
    }

    /// <summary>Whether the mapping of a port was deleted, so that it must not come back from HAProxy's file.</summary>
    internal bool IsGone(int frontendPort) => Learn().Gone.Contains(frontendPort);

    /// <summary>Writes what differs, all of it or nothing, and with it when the calls were signed that came since the last time.</summary>
    internal void Save(DesiredMappings mappings)
    {
        var (present, stamps) = (Load(), Stamps.News());
        _journal.Save(mappings, stamps);
        Learn();
        Stamps.Forget(stamps);
        var changed = present.All.Where(mapping => !ReferenceEquals(mapping, mappings[mapping.FrontendPort])).ToList();
        foreach (var (port, node) in NodesOf(changed).Except(NodesOf(changed.Select(mapping => mappings[mapping.FrontendPort]).OfType<Mapping>())).ToList())
        {
            _marks.Forget(port, node);
        }
    }

    /// <summary>
    /// Takes back what <see cref="Save"/> has written last, as HAProxy does not follow it. A full disk takes no more lines, but lets go those that it has.
    /// </summary>
    internal void TakeBack(DesiredMappings before)
    {
        var place = _journal.BeforeLast;
        try
        {
            Save(before);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_journal.TryCutBack(place))
            {
                throw;
            }

            Learn();
        }
    }

    private StoredState Learn()
    {
        var state = _isCurrent ? _journal.State : _journal.Load();
        _isCurrent = _isHeld;
        Stamps.Learn(state);
        state = _owedUnedited.Count == 0 ? state : state with { Edited = state.Edited.Except(_owedUnedited) };
        Volatile.Write(ref _known, state);
        return state;
    }

    /// <summary>Takes over a state folder in which each mapping had a file of its own.</summary>
    private void TakeOver()
    {
        var folder = Path.Combine(_root.Path, "mappings");
        if (!Directory.Exists(folder))
        {
            return;
        }

        var old = StateFolder.Open(folder);
        _journal.Save(DesiredMappings.Of(old.Names()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => (Name: name, Mapping: Parse(old.Read(name))))
            .Where(stored => stored.Mapping is { } mapping && stored.Name == NameOf(mapping.FrontendPort))
            .Select(stored => stored.Mapping!)), []);
        _root.Delete("generation");
        Directory.Delete(folder, recursive: true);
        if (Path.Combine(_root.Path, "calls") is var calls && Directory.Exists(calls))
        {
            Directory.Delete(calls, recursive: true);
        }
    }

    /// <summary>Whether a node has called since <see cref="SaveCalls"/>; needs no lock.</summary>
    internal bool HasNewCalls => _marks.HasNew;

    /// <summary>Notes that a node has called, in memory; needs no lock. Other processes know it after <see cref="SaveCalls"/>.</summary>
    internal void NoteCall(int frontendPort, string? node) => _marks.Note(frontendPort, node);

    /// <summary>Writes which nodes have called since the last time, all in one write, and when they signed in another.</summary>
    internal void SaveCalls()
    {
        var called = _marks.TakeNew();
        if (called.Count == 0)
        {
            return;
        }

        try
        {
            var stored = LoadCalls();
            var mappings = Load();
            Save(mappings);
            var nodes = NodesOf(mappings.All).ToHashSet();
            var present = nodes.Select(node => NameOf(node.Port, node.Node)).ToHashSet(StringComparer.Ordinal);
            var calls = stored.Calls.Where(call => present.Contains(call.Key)).ToDictionary(StringComparer.Ordinal);
            foreach (var (port, node) in called.Where(nodes.Contains))
            {
                calls[NameOf(port, node)] = stored.Sequence + 1;
            }

            _root.Write(CallsName, JsonSerializer.SerializeToUtf8Bytes(new StoredCalls(stored.Sequence + 1, calls), StoredMappingJsonContext.Default.StoredCalls));
        }
        catch
        {
            foreach (var (port, node) in called)
            {
                _marks.Note(port, node);
            }

            throw;
        }
    }

    /// <summary>
    /// Reads which nodes have called, those of this process too: a number for each, good only to be compared with an earlier one of the same
    /// node. It changes with a call, whatever clocks say.
    /// </summary>
    internal Func<int, string?, long?> ReadCalls()
    {
        SaveCalls();
        var calls = LoadCalls().Calls;
        return (port, node) => calls.TryGetValue(NameOf(port, node), out var last) ? last : null;
    }

    /// <summary>The settings, by their names, of the process that began last; none where that is not known.</summary>
    internal IReadOnlyDictionary<string, string> ReadSettings() => Read(SettingsName, StoredMappingJsonContext.Default.DictionaryStringString) ?? [];

    /// <summary>Writes them down for whoever begins next.</summary>
    internal void SaveSettings(Dictionary<string, string> settings) => _writes.Try(
        SettingsAlarm, "the settings with which it is used",
        () => _root.Write(SettingsName, JsonSerializer.SerializeToUtf8Bytes(settings, StoredMappingJsonContext.Default.DictionaryStringString)));

    private StoredCalls LoadCalls() => Read(CallsName, StoredMappingJsonContext.Default.StoredCalls) ?? new StoredCalls(0, new Dictionary<string, long>());

    private T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return _root.Read(name) is { } json ? JsonSerializer.Deserialize(json, type) : null;
        }
        catch (JsonException)
        {
            // Broken by hand: nothing is known. Of calls, everybody has one full lease more.
            return null;
        }
    }

    private static IEnumerable<(int Port, string? Node)> NodesOf(IEnumerable<Mapping> mappings) =>
        mappings.SelectMany(mapping => mapping.Nodes.Select(node => (mapping.FrontendPort, node.Node)));

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

    /// <summary>The lock: while it is held no other process adds anything.</summary>
    private sealed class Hold(MappingStore store, IDisposable folder) : IDisposable
    {
        public void Dispose()
        {
            (store._isHeld, store._isCurrent) = (false, false);
            folder.Dispose();
        }
    }
}
