using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// One configuration to read and change: a mutable handle, for one thread at a time, over an immutable <see cref="ConfigDocument"/>. What is
/// not changed prints as it was read, byte for byte.
/// </summary>
/// <example>
/// <code>
/// var config = HaproxyConfig.Load("haproxy.cfg");
/// config.Backends["app"].Servers["s1"].Address = new("10.0.0.9", 8080);
/// config.Save("haproxy.cfg"); // one line differs
/// </code>
/// </example>
public sealed class HaproxyConfig
{
    /// <summary>The handles handed out, by the section's place; null where none was asked for.</summary>
    private readonly List<Section?> _sections;
    private DocumentConditions? _conditions;

    /// <summary>An empty configuration, to build from nothing.</summary>
    public HaproxyConfig()
        : this(ConfigDocument.Empty)
    {
    }

    /// <summary>A handle over a document; the document itself never changes.</summary>
    /// <param name="document">The document to begin with.</param>
    /// <exception cref="ArgumentNullException"><paramref name="document"/> is null.</exception>
    public HaproxyConfig(ConfigDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Document = document;
        _sections = [.. Enumerable.Repeat<Section?>(null, document.SectionCount)];
    }

    /// <summary>The configuration as it is now: an immutable value that later changes do not touch. Taking it costs nothing.</summary>
    public ConfigDocument Document { get; private set; }

    /// <summary>All sections in order, of every kind; the lines before the first header are one of kind <see cref="SectionKind.None"/>.</summary>
    public IReadOnlyList<Section> Sections => [.. Enumerable.Range(0, Document.SectionCount).Select(GetSection)];

    /// <summary>The first <c>global</c> section, or null. HAProxy takes several as one.</summary>
    public Global? Global
    {
        get
        {
            var ordinal = 0;
            foreach (var section in Document.Sections)
            {
                if (section.Kind == SectionKind.Global)
                {
                    return (Global)GetSection(ordinal);
                }

                ordinal++;
            }

            return null;
        }
    }

    /// <summary>All <c>global</c> sections.</summary>
    public SectionList<Global> Globals => new(this, SectionKind.Global);

    /// <summary>The <c>defaults</c> sections, with and without a name.</summary>
    public SectionList<Defaults> Defaults => new(this, SectionKind.Defaults);

    /// <summary>The <c>frontend</c> sections.</summary>
    public SectionList<Frontend> Frontends => new(this, SectionKind.Frontend);

    /// <summary>The <c>backend</c> sections.</summary>
    public SectionList<Backend> Backends => new(this, SectionKind.Backend);

    /// <summary>The <c>listen</c> sections.</summary>
    public SectionList<Listen> Listens => new(this, SectionKind.Listen);

    /// <summary>The conditions of the document as it is now.</summary>
    internal DocumentConditions Conditions =>
        ReferenceEquals(_conditions?.Document, Document) ? _conditions : _conditions = new DocumentConditions(Document);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <returns>The configuration. Nothing that the file says makes this throw.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static HaproxyConfig Load(string path) => new(ConfigDocument.Load(path));

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text of a file.</param>
    /// <param name="path">The file's name, for diagnostics.</param>
    /// <returns>The configuration. Nothing that the text says makes this throw.</returns>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair, which no file can hold.</exception>
    public static HaproxyConfig Parse(string text, string? path = null) => new(ConfigDocument.Parse(text, path));

    /// <summary>The sections of any kind, such as <c>userlist</c>, <c>peers</c> or <c>resolvers</c>.</summary>
    /// <param name="kind">The kind of section.</param>
    /// <returns>The sections of that kind, to read, to add to and to remove from.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind, or it is <see cref="SectionKind.None"/>.</exception>
    public SectionList<Section> SectionsOf(SectionKind kind) =>
        kind != SectionKind.None && Enum.IsDefined(kind)
            ? new SectionList<Section>(this, kind)
            : throw new ArgumentOutOfRangeException(nameof(kind), kind, "No section has this kind.");

    /// <summary>Writes the configuration to a file: beside it first, then renamed over it, so that nobody ever reads half of it.</summary>
    /// <param name="path">The file's path. Its mode is kept; for its owner, its attributes and other writers see <c>HaproxyKit.Control</c>.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        UnixFileMode? mode = !OperatingSystem.IsWindows() && File.Exists(target) ? File.GetUnixFileMode(target) : null;
        if (mode is not null && !OperatingSystem.IsWindows())
        {
            // Never more readable than the file, not even for a moment.
            options.UnixCreateMode = mode;
        }

        // A name that a folder given to HAProxy with -f would not load.
        var beside = Path.Combine(Path.GetDirectoryName(target) ?? "", $".{Path.GetFileName(target)}.{Guid.NewGuid():N}~");
        try
        {
            using (var stream = new FileStream(beside, options))
            {
                if (mode is { } kept && !OperatingSystem.IsWindows())
                {
                    // What the process's mask took away.
                    File.SetUnixFileMode(stream.SafeFileHandle, kept);
                }

                Document.WriteTo(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>The configuration as text.</summary>
    /// <returns>The text; bytes that are no UTF-8 appear as U+FFFD.</returns>
    public override string ToString() => Document.ToString();

    internal Section GetSection(int ordinal) => _sections[ordinal] ??= DirectiveTypes.Create(this, ordinal);

    /// <summary>Adds a section at the end and lets a user fill it; when the user's code throws, the section is taken back.</summary>
    internal Section AppendSection(ReadOnlySpan<byte> header, Action<Section> configure)
    {
        var last = Document.SectionCount > 0 ? GetSection(Document.SectionCount - 1) : null;
        var old = last?.Syntax;
        var ending = last?.LineEnding ?? "\n"u8.ToArray();
        byte[] lead = [];
        if (old is not null)
        {
            var lastLine = old.LineSpan(old.LineCount - 1);
            var isEnded = lastLine[^1] == WordReader.Lf;
            var isBlank = LineClassifier.Classify(lastLine, out _) == LineKind.Blank;
            lead = [.. isEnded ? [] : ending, .. isBlank ? [] : ending];
        }

        ReplaceLines(Document.SectionCount, 0, 0, [.. lead, .. header, .. ending]);
        var section = GetSection(Document.SectionCount - 1);
        try
        {
            configure(section);
        }
        catch
        {
            TakeBack(section, last, old);
            throw;
        }

        return section;
    }

    /// <summary>The one way in which anything changes: some lines of a section become a text. All handles follow.</summary>
    internal void ReplaceLines(int ordinal, int first, int count, ReadOnlySpan<byte> text)
    {
        var change = Document.Change(ordinal, first, count, text);
        var added = SectionSplitter.CountLines(text);
        if (change is { OldCount: 1, NewCount: 1 } && change.FirstSection == ordinal && first > Document.GetSection(ordinal).HeaderLine)
        {
            Document = change.Document;
            _sections[ordinal]?.FollowChange(first, count, added);
            return;
        }

        var starts = new int[change.OldCount + 1];
        for (var i = 0; i < change.OldCount; i++)
        {
            starts[i + 1] = starts[i] + Document.GetSection(change.FirstSection + i).LineCount;
        }

        Follow(change, starts, starts[ordinal - change.FirstSection] + first, count, added);
    }

    /// <summary>Removes a section that was just added, with the blank line before it.</summary>
    private static void TakeBack(Section section, Section? before, SectionSyntax? old)
    {
        if (section.IsRemoved)
        {
            return;
        }

        section.ReplaceLines(0, section.Syntax.LineCount, []);
        if (old is not null && before is { IsRemoved: false } && before.Syntax.LineCount > old.LineCount)
        {
            before.ReplaceLines(old.LineCount, before.Syntax.LineCount - old.LineCount, []);
        }

        if (old is not null && before is { IsRemoved: false })
        {
            before.RestoreOpenEnd(old);
        }
    }

    /// <summary>
    /// Follows a change across sections: every handle is a line, and each line of the old run is known in the new one by its number, moved by
    /// what was taken out and put in before it.
    /// </summary>
    private void Follow(DocumentChange change, int[] starts, int editLine, int removed, int added)
    {
        int? Moved(int line) =>
            line < editLine ? line
            : line >= editLine + removed ? line - removed + added
            : removed == added ? line
            : null;

        var headers = new Dictionary<int, Section>();
        var directives = new Dictionary<int, Directive>();
        for (var i = 0; i < change.OldCount; i++)
        {
            if (_sections[change.FirstSection + i] is not { } section)
            {
                continue;
            }

            foreach (var (line, directive) in section.ReleaseLines())
            {
                if (Moved(starts[i] + line) is { } to)
                {
                    directives[to] = directive;
                }
                else
                {
                    directive.Detach();
                }
            }

            if (Moved(starts[i] + Math.Max(0, section.Syntax.HeaderLine)) is { } header)
            {
                headers[header] = section;
            }
            else
            {
                section.Detach();
            }
        }

        Document = change.Document;
        _sections.RemoveRange(change.FirstSection, change.OldCount);
        _sections.InsertRange(change.FirstSection, Enumerable.Repeat<Section?>(null, change.NewCount));
        Resettle(change, headers, directives);
        for (var i = change.FirstSection; i < _sections.Count; i++)
        {
            if (_sections[i] is { } section)
            {
                section.Ordinal = i;
            }
        }
    }

    private void Resettle(DocumentChange change, Dictionary<int, Section> headers, Dictionary<int, Directive> directives)
    {
        var start = 0;
        for (var i = change.FirstSection; i < change.FirstSection + change.NewCount; i++)
        {
            var syntax = Document.GetSection(i);
            if (headers.Remove(start + Math.Max(0, syntax.HeaderLine), out var section))
            {
                section.Ordinal = i;
                _sections[i] = section;
            }

            for (var line = 0; line < syntax.LineCount; line++)
            {
                if (directives.Remove(start + line, out var directive))
                {
                    GetSection(i).TakeLine(line, directive);
                }
            }

            start += syntax.LineCount;
        }

        foreach (var section in headers.Values)
        {
            section.Detach();
        }

        foreach (var directive in directives.Values)
        {
            directive.Detach();
        }
    }
}
