using System.Text.Json;
using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Mappings;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// The wanted mappings as a file to which each change is added as one batch of lines, with one flush; when it has grown, it is written anew
/// with the present state as its first batch. A batch without its end, which a crash has torn, counts for nothing. Used under the store's lock.
/// </summary>
internal sealed class MappingJournal(StateFolder folder, TimeProvider time)
{
    internal const string FileName = "mappings.journal";

    /// <summary>The journal is written anew where it has more lines than this, and twice as many as there is to say.</summary>
    internal const int MinLinesToCompact = 256;

    /// <summary>After so many more stamps those are looked through that may be forgotten.</summary>
    private const int StampsToForget = 1024;

    private readonly string _path = Path.Combine(folder.Path, FileName);
    private string? _number;
    private long _length;
    private int _lines;
    private int _stampsKept;
    private StoredState _state = StoredState.Empty;

    /// <summary>Where it ended before the batch that was added last; null where nothing was added, or it was written anew.</summary>
    internal JournalPlace? BeforeLast { get; private set; }

    /// <summary>Whether there is one; before the first start there is none.</summary>
    internal bool Exists => File.Exists(_path);

    /// <summary>What it said when it was read or written last.</summary>
    internal StoredState State => _state;

    /// <summary>What it says; only what other processes have added is read.</summary>
    internal StoredState Load()
    {
        if (!Exists)
        {
            (_number, _length, _lines, _state) = (null, 0, 0, StoredState.Empty);
            return _state;
        }

        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (_number is null || file.Length < _length || !NumberOf(file).Equals(_number, StringComparison.Ordinal))
        {
            (_number, _length, _lines, _state) = (NumberOf(file), 0, 0, StoredState.Empty);
        }

        if (file.Length > _length)
        {
            file.Position = _length;
            var added = new byte[file.Length - _length];
            file.ReadExactly(added);
            Read(added);
            _length += added.Length;
        }

        return _state;
    }

    /// <summary>Writes what differs, as one batch, and the stamps of signed calls with it.</summary>
    internal void Save(DesiredMappings mappings, IReadOnlyList<StoredStamp> stamps) => Save(mappings, stamps.Select(SignedLine));

    /// <summary>Writes which sections stay as somebody has edited them.</summary>
    internal void SaveEdited(IReadOnlySet<int> ports)
    {
        var present = Load();
        var news = ports.Where(port => !present.Edited.Contains(port)).Select(port => new StoredLine { Edited = port });
        Save(present.Mappings, news.Concat(present.Edited.Where(port => !ports.Contains(port)).Select(port => new StoredLine { Unedited = port })));
    }

    /// <summary>Writes that nothing is known of who signed until then: of a node that is not known, no older call is taken.</summary>
    internal void SaveForgotten(DateTimeOffset until) => Save(Load().Mappings, [new StoredLine { ForgottenUntil = until.UtcTicks }]);

    private void Save(DesiredMappings mappings, IEnumerable<StoredLine> more)
    {
        var present = Load();
        BeforeLast = null;
        StoredLine[] changes =
        [
            .. mappings.All.Where(mapping => !mapping.Equals(present.Mappings[mapping.FrontendPort])).Select(SetLine),
            .. present.Mappings.All.Where(mapping => mappings[mapping.FrontendPort] is null).Select(mapping => new StoredLine { Gone = mapping.FrontendPort }),
            .. more,
        ];
        if (changes.Length == 0 && _number is not null)
        {
            return;
        }

        var state = changes.Aggregate(present, static (state, line) => state.Apply(line)) with { Mappings = mappings };
        var count = mappings.All.Count() + state.Gone.Count + state.Signed.Count;
        if (_number is null || state.Signed.Count > (2 * _stampsKept) + StampsToForget || _lines + changes.Length > Math.Max(MinLinesToCompact, 2 * count))
        {
            WriteAnew(state);
            return;
        }

        // The line ending first: what a torn batch has left ends there.
        byte[] batch = [(byte)'\n', .. Batch(changes)];
        Append(batch);
        BeforeLast = new JournalPlace(_number, _length, _lines, _state);
        (_length, _lines, _state) = (_length + batch.Length, _lines + changes.Length, state);
    }

    /// <summary>Cuts off what was added since, if it is the same journal still: that needs no room.</summary>
    internal bool TryCutBack(JournalPlace? place)
    {
        if (place is null || place.Number != _number)
        {
            return false;
        }

        try
        {
            Cut(place.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        (_length, _lines, _state) = (place.Length, place.Lines, place.State);
        return true;
    }

    /// <summary>All or nothing: on a full disk a batch may be there to its last byte and not be safe, and who waits for it is told that it is not.</summary>
    private void Append(byte[] batch)
    {
        try
        {
            // Without a buffer, of which a rest could be written later.
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(batch);
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try
            {
                Cut(_length);
            }
            catch (Exception more) when (more is IOException or UnauthorizedAccessException)
            {
                // What is torn counts for nothing; there is no more to be done about it here.
            }

            throw;
        }
    }

    private void Cut(long length)
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.SetLength(length);
        file.Flush(flushToDisk: true);
    }

    private void WriteAnew(StoredState state)
    {
        state = state.Forget(time.GetUtcNow());
        var number = Guid.NewGuid().ToString("N");
        StoredLine[] lines =
        [
            .. state.Mappings.All.Select(SetLine),
            .. state.Gone.Select(port => new StoredLine { Gone = port }),
            .. state.Edited.Select(port => new StoredLine { Edited = port }),
            .. state.Signed.Select(pair => SignedLine(StoredStamp.Of(pair.Key, pair.Value))),
            .. state.ForgottenUntil is { } until ? [new StoredLine { ForgottenUntil = until.UtcTicks }] : Array.Empty<StoredLine>(),
        ];
        byte[] content = [.. LineOf(new StoredLine { Journal = number }), .. Batch(lines)];
        folder.Write(FileName, content);
        (_number, _length, _lines, _state) = (number, content.Length, lines.Length, state);
        _stampsKept = state.Signed.Count;
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        var pending = new List<StoredLine>();
        foreach (var range in bytes.Split((byte)'\n'))
        {
            var line = Parse(bytes[range]);
            if (line is { Begin: true })
            {
                pending.Clear();
            }
            else if (line is { End: true })
            {
                _state = pending.Aggregate(_state, static (state, change) => state.Apply(change));
                _lines += pending.Count;
                pending.Clear();
            }
            else if (line is not null)
            {
                pending.Add(line);
            }
        }
    }

    /// <summary>A line that somebody broke says nothing; what HAProxy's own file says of its mapping is taken over again.</summary>
    private static StoredLine? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var line = json.IsEmpty ? null : JsonSerializer.Deserialize(json, StoredMappingJsonContext.Default.StoredLine);
            return line?.Set is { } set && !MappingRules.IsSound(set.ToMapping()) ? null : line;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private static string NumberOf(FileStream file)
    {
        file.Position = 0;
        var first = new byte[LineOf(new StoredLine { Journal = new string('0', 32) }).Length];
        var count = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return Parse(first.AsSpan(0, count).TrimEnd((byte)'\n'))?.Journal ?? "";
    }

    private static byte[] Batch(StoredLine[] lines) =>
        [.. LineOf(new StoredLine { Begin = true }), .. lines.SelectMany(LineOf), .. LineOf(new StoredLine { End = true })];

    private static StoredLine SetLine(Mapping mapping) => new() { Set = StoredMapping.Of(mapping) };

    private static StoredLine SignedLine(StoredStamp stamp) => new() { Signed = stamp };

    private static byte[] LineOf(StoredLine line) => [.. JsonSerializer.SerializeToUtf8Bytes(line, StoredMappingJsonContext.Default.StoredLine), (byte)'\n'];
}
