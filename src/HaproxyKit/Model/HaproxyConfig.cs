using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// One configuration to read and change: a mutable handle, for one thread at a time, over an immutable
/// <see cref="ConfigDocument"/>. What is
/// not changed prints as it was read, byte for byte.
/// </summary>
/// <example>
/// <code>
/// var config = HaproxyConfig.Load("haproxy.cfg");
/// config.Backends["app"].Servers["s1"].Address = new("10.0.0.9", 8080);
/// config.Save("haproxy.cfg"); // one line differs
/// </code>
/// </example>
public sealed partial class HaproxyConfig
{
    /// <summary>The handles handed out, by the section's place; null where none was asked for.</summary>
    private readonly List<Section?> _sections;
    private DocumentConditions? _conditions;
    private DefaultsIndex? _defaults;
    private ConfigDocument? _defaultsOf;

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

    /// <summary>
    /// The configuration as it is now: an immutable value that later changes do not touch. Taking it costs nothing.
    /// </summary>
    public ConfigDocument Document { get; private set; }

    /// <summary>
    /// All sections in order, of every kind; the lines before the first header are one of kind
    /// <see cref="SectionKind.None"/>.
    /// </summary>
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

    /// <summary>The <c>userlist</c> sections.</summary>
    public SectionList<Userlist> Userlists => new(this, SectionKind.Userlist);

    /// <summary>The <c>peers</c> sections.</summary>
    public SectionList<Peers> Peers => new(this, SectionKind.Peers);

    /// <summary>The <c>mailers</c> sections.</summary>
    public SectionList<Mailers> Mailers => new(this, SectionKind.Mailers);

    /// <summary>The <c>resolvers</c> sections.</summary>
    public SectionList<Resolvers> Resolvers => new(this, SectionKind.Resolvers);

    /// <summary>The <c>cache</c> sections.</summary>
    public SectionList<Cache> Caches => new(this, SectionKind.Cache);

    /// <summary>The <c>ring</c> sections.</summary>
    public SectionList<Ring> Rings => new(this, SectionKind.Ring);

    /// <summary>The <c>log-forward</c> sections.</summary>
    public SectionList<LogForward> LogForwards => new(this, SectionKind.LogForward);

    /// <summary>The <c>log-profile</c> sections.</summary>
    public SectionList<LogProfile> LogProfiles => new(this, SectionKind.LogProfile);

    /// <summary>The <c>http-errors</c> sections.</summary>
    public SectionList<HttpErrors> HttpErrors => new(this, SectionKind.HttpErrors);

    /// <summary>The <c>fcgi-app</c> sections.</summary>
    public SectionList<FcgiApp> FcgiApps => new(this, SectionKind.FcgiApp);

    /// <summary>The <c>crt-store</c> sections.</summary>
    public SectionList<CrtStore> CrtStores => new(this, SectionKind.CrtStore);

    /// <summary>The <c>program</c> sections.</summary>
    public SectionList<ProgramSection> Programs => new(this, SectionKind.Program);

    /// <summary>The <c>acme</c> sections.</summary>
    public SectionList<Acme> Acmes => new(this, SectionKind.Acme);

    /// <summary>The <c>traces</c> sections.</summary>
    public SectionList<Traces> Traces => new(this, SectionKind.Traces);

    /// <summary>The <c>healthcheck</c> sections.</summary>
    public SectionList<Healthcheck> Healthchecks => new(this, SectionKind.Healthcheck);

    /// <summary>The file that HAProxy reads before this one, in a <see cref="ConfigSet"/>.</summary>
    internal HaproxyConfig? Preceding { get; set; }

    /// <summary>The set of files to which this one belongs, or null.</summary>
    internal ConfigSet? Set { get; init; }

    /// <summary>The files that HAProxy reads together with this one, and this one.</summary>
    internal IReadOnlyList<HaproxyConfig> Together => Set?.Files ?? [this];

    /// <summary>
    /// The lines that use a file of a map or of an acl's patterns, in this file and those read with it.
    /// </summary>
    /// <param name="path">The file as lines name it.</param>
    /// <returns>The places, in order.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public IReadOnlyList<Reference> UsesOfFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReferenceReader.To(
            Together.SelectMany(file => file.Sections), path,
            reference => !reference.IsDynamic && reference.Kind is Catalog.ValueKind.MapFile or Catalog.ValueKind.AclFile && reference.Name == path);
    }

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
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind, or it is
    /// <see cref="SectionKind.None"/>.</exception>
    public SectionList<Section> SectionsOf(SectionKind kind) =>
        kind != SectionKind.None && Enum.IsDefined(kind)
            ? new SectionList<Section>(this, kind)
            : throw new ArgumentOutOfRangeException(nameof(kind), kind, "No section has this kind.");

    /// <summary>
    /// Writes the configuration to a file: beside it first, then renamed over it, so that nobody ever reads half of it.
    /// </summary>
    /// <param name="path">The file's path. Its mode is kept; for its owner, its attributes and other writers see
    /// <c>HaproxyKit.Control</c>.</param>
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

    /// <summary>The last <c>defaults</c> before a section, of a name or of any.</summary>
    internal Defaults? DefaultsBefore(int ordinal, string? name)
    {
        if (_defaults is null || !ReferenceEquals(_defaultsOf, Document))
        {
            _defaults = new DefaultsIndex(Document);
            _defaultsOf = Document;
        }

        return _defaults.LastBefore(ordinal, name) is { } found
            ? (Defaults)GetSection(found)
            : Preceding?.DefaultsBefore(int.MaxValue, name);
    }

    internal Section GetSection(int ordinal) => _sections[ordinal] ??= DirectiveTypes.Create(this, ordinal);

    /// <summary>
    /// Adds a section at the end and lets a user fill it; when the user's code throws, the section is taken back.
    /// </summary>
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
}
