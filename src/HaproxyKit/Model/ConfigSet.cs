using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// Several configuration files that HAProxy reads as one, in the order of <c>-f</c> (management guide, chapter 3):
/// found
/// across all files, changed and written each for itself.
/// </summary>
/// <remarks>
/// <c>defaults</c> of an earlier file count for the proxies of later ones. A section and a condition end with their
/// file. Like <see cref="HaproxyConfig"/>, it is for one thread at a time.
/// </remarks>
public sealed class ConfigSet
{
    private const string Extension = ".cfg";

    private readonly List<ConfigDocument> _written;

    /// <summary>A set of documents in the order in which HAProxy reads them.</summary>
    /// <param name="documents">The documents, each with its own <see cref="ConfigDocument.Path"/> where it has
    /// one.</param>
    /// <exception cref="ArgumentException">Two documents have the same path.</exception>
    public ConfigSet(IEnumerable<ConfigDocument> documents)
    {
        _written = [.. documents];
        var files = _written.ConvertAll(document => new HaproxyConfig(document) { Set = this });
        for (var i = 1; i < files.Count; i++)
        {
            files[i].Preceding = files[i - 1];
        }

        Files = files;
        if (_written.Where(d => d.Path is not null).GroupBy(d => Path.GetFullPath(d.Path!), StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"'{twice.Key}' is there twice.", nameof(documents));
        }
    }

    /// <summary>The files in the order in which HAProxy reads them.</summary>
    public IReadOnlyList<HaproxyConfig> Files { get; }

    /// <summary>The files whose text is another one than when they were read or last saved.</summary>
    public IReadOnlyList<HaproxyConfig> Changed =>
        [.. Files.Where((file, i) => !ReferenceEquals(file.Document, _written[i]) && !file.Document.ToBytes().AsSpan().SequenceEqual(_written[i].ToBytes()))];

    /// <summary>All <c>global</c> sections.</summary>
    public IReadOnlyList<Global> Globals => [.. Files.SelectMany(file => file.Globals)];

    /// <summary>The <c>defaults</c> sections of all files.</summary>
    public ConfigSetSections<Defaults> Defaults => new(Files, SectionKind.Defaults);

    /// <summary>The <c>frontend</c> sections of all files.</summary>
    public ConfigSetSections<Frontend> Frontends => new(Files, SectionKind.Frontend);

    /// <summary>The <c>backend</c> sections of all files.</summary>
    public ConfigSetSections<Backend> Backends => new(Files, SectionKind.Backend);

    /// <summary>The <c>listen</c> sections of all files.</summary>
    public ConfigSetSections<Listen> Listens => new(Files, SectionKind.Listen);

    /// <summary>Reads files and folders as HAProxy reads what follows each <c>-f</c>.</summary>
    /// <param name="paths">
    /// Files; and folders, of which HAProxy takes the files directly inside whose names do not begin with a dot and
    /// have
    /// <c>.cfg</c> at their end and nowhere before, in the order of their bytes.
    /// </param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentException">A file is there twice.</exception>
    /// <exception cref="IOException">A file or folder is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file or folder may not be read.</exception>
    public static ConfigSet Load(params ReadOnlySpan<string> paths)
    {
        var documents = new List<ConfigDocument>();
        foreach (var path in paths)
        {
            ArgumentException.ThrowIfNullOrEmpty(path, nameof(paths));
            documents.AddRange((Directory.Exists(path) ? FilesOf(path) : [path]).Select(ConfigDocument.Load));
        }

        return new ConfigSet(documents);
    }

    /// <summary>The files of a folder that HAProxy would read, in its order.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="IOException">The folder is not there, or cannot be read.</exception>
    public static IReadOnlyList<string> FilesOf(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(path => IsConfiguration(Path.GetFileName(path)))
            .OrderBy(path => Encoding.UTF8.GetBytes(Path.GetFileName(path)), Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))),
    ];

    /// <summary>The sections of a kind, of all files.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The sections.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind, or it is
    /// <see cref="SectionKind.None"/>.</exception>
    public ConfigSetSections<Section> SectionsOf(SectionKind kind) =>
        kind != SectionKind.None && Enum.IsDefined(kind)
            ? new ConfigSetSections<Section>(Files, kind)
            : throw new ArgumentOutOfRangeException(nameof(kind), kind, "No section has this kind.");

    /// <summary>
    /// Writes the files that have changed, in order, and touches no other. Each is written beside itself first, then
    /// renamed; the files together are not exchanged at once.
    /// </summary>
    /// <returns>The files that were written.</returns>
    /// <exception cref="InvalidOperationException">A document that changed has no path; nothing is written.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public IReadOnlyList<HaproxyConfig> Save()
    {
        var changed = Changed;
        if (changed.Any(file => file.Document.Path is null))
        {
            throw new InvalidOperationException("A document that changed has no path to be saved under.");
        }

        foreach (var file in changed)
        {
            file.Save(file.Document.Path!);
            _written[((List<HaproxyConfig>)Files).IndexOf(file)] = file.Document;
        }

        return changed;
    }

    private static bool IsConfiguration(string name) =>
        !name.StartsWith('.') && name.IndexOf(Extension, StringComparison.Ordinal) is >= 0 and var at && at == name.Length - Extension.Length;
}
