using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Syntax;

/// <summary>
/// The text of one configuration file, whole: an immutable value for any number of threads. Every byte is kept, valid
/// or not, so that an unedited document prints what was read.
/// </summary>
/// <remarks>
/// Nothing that a file says makes <see cref="Parse(ReadOnlySpan{byte}, string?)"/> throw; what is wrong with it is
/// told by <see cref="Diagnose"/>. Offsets and columns are bytes, as HAProxy's are. Configuration manual, chapter 2.
/// </remarks>
public sealed partial class ConfigDocument
{
    private readonly SectionPage[] _pages;
    private SectionIndex? _index;

    private ConfigDocument(SectionPage[] pages, string? path, SectionIndex? index)
    {
        _pages = pages;
        _index = index;
        Path = path;
        foreach (var page in pages)
        {
            Length += page.Length;
            LineCount += page.LineCount;
            SectionCount += page.Sections.Length;
        }
    }

    /// <summary>The document without a byte.</summary>
    public static ConfigDocument Empty { get; } = new([], path: null, index: null);

    /// <summary>The file's name as it was given, for diagnostics; null where there is none.</summary>
    public string? Path { get; }

    /// <summary>The number of bytes.</summary>
    public int Length { get; }

    /// <summary>The number of lines; a last line without LF counts.</summary>
    public int LineCount { get; }

    /// <summary>The number of sections, with the lines before the first header as one.</summary>
    public int SectionCount { get; }

    /// <summary>The sections in the order of the text; end to end they are the text.</summary>
    public IEnumerable<SectionSyntax> Sections => _pages.SelectMany(page => page.Sections);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The bytes of a file; they are copied.</param>
    /// <param name="path">The file's name, for diagnostics.</param>
    /// <returns>The document. It never throws because of what the bytes are.</returns>
    public static ConfigDocument Parse(ReadOnlySpan<byte> text, string? path = null) => OfBuffer(text.ToArray(), path);

    /// <summary>Reads a text, which is kept as UTF-8.</summary>
    /// <param name="text">The text of a file.</param>
    /// <param name="path">The file's name, for diagnostics.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="text"/> holds half of a surrogate pair, which no file can hold.
    /// </exception>
    public static ConfigDocument Parse(string text, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return OfBuffer(StrictUtf8.GetBytes(text, nameof(text)), path);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <returns>The document.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ConfigDocument Load(string path) => OfBuffer(File.ReadAllBytes(path), path);

    /// <summary>One section.</summary>
    /// <param name="ordinal">The section's place among all sections, from 0.</param>
    /// <returns>The section.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such section.</exception>
    public SectionSyntax GetSection(int ordinal)
    {
        var (page, index) = Locate(ordinal);
        return _pages[page].Sections[index];
    }

    /// <summary>Where a section begins.</summary>
    /// <param name="ordinal">The section's place among all sections, from 0.</param>
    /// <returns>Its offset and line.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such section.</exception>
    public SectionPosition GetPosition(int ordinal)
    {
        var (page, index) = Locate(ordinal);
        var (offset, line) = (0, 1);
        foreach (var before in _pages.AsSpan(0, page))
        {
            offset += before.Length;
            line += before.LineCount;
        }

        foreach (var before in _pages[page].Sections.AsSpan(0, index))
        {
            offset += before.Length;
            line += before.LineCount;
        }

        return new SectionPosition(offset, line);
    }

    /// <summary>The sections of one kind and name.</summary>
    /// <param name="kind">The kind of section.</param>
    /// <param name="name">The decoded name, empty for sections without one.</param>
    /// <returns>
    /// The places of the sections among all sections, in order: none, one, or several (a duplicate, or branches of a
    /// condition).
    /// </returns>
    public ImmutableArray<int> FindSections(SectionKind kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var index = _index;
        if (index is null)
        {
            _index = index = new SectionIndex(this);
        }

        return index.Find(kind, name);
    }

    /// <summary>The bytes of the document.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Length);
        var at = 0;
        foreach (var run in Runs())
        {
            run.Span.CopyTo(bytes.AsSpan(at));
            at += run.Length;
        }

        return bytes;
    }

    /// <summary>Writes the bytes of the document.</summary>
    /// <param name="writer">Where to.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void WriteTo(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var run in Runs())
        {
            writer.Write(run.Span);
        }
    }

    /// <summary>Writes the bytes of the document.</summary>
    /// <param name="stream">Where to.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream cannot be written to.</exception>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        foreach (var run in Runs())
        {
            stream.Write(run.Span);
        }
    }

    /// <summary>Everything that is wrong with the words, lines and conditions of the text, in its order.</summary>
    /// <returns>The findings; empty when HAProxy could read every line.</returns>
    public ImmutableArray<Diagnostic> Diagnose() => SyntaxChecker.Check(this);

    /// <summary>The words of every line that has any, as HAProxy would read them in an environment.</summary>
    /// <param name="environment">The environment variables that HAProxy is started with.</param>
    /// <returns>
    /// The lines in order. <c>setenv</c>, <c>presetenv</c>, <c>unsetenv</c> and <c>resetenv</c> in <c>global</c> act
    /// on the lines that follow; both branches of a condition are given.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="environment"/> is null.</exception>
    /// <remarks>What becomes of variables that are not set, <see cref="ConfigLine.Expand"/> tells.</remarks>
    public IEnumerable<ExpandedLine> Expand(ConfigEnvironment environment) =>
        DocumentExpander.Expand(this, environment);

    /// <summary>The document as text.</summary>
    /// <returns>The text; bytes that are no UTF-8 appear as U+FFFD.</returns>
    public override string ToString() => Encoding.UTF8.GetString(ToBytes());

    private static ConfigDocument OfBuffer(byte[] buffer, string? path) =>
        new(SectionPage.Of(SectionSplitter.Split(buffer)), path, index: null);

    private (int Page, int Index) Locate(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, SectionCount);
        var page = 0;
        while (ordinal >= _pages[page].Sections.Length)
        {
            ordinal -= _pages[page++].Sections.Length;
        }

        return (page, ordinal);
    }

    /// <summary>The bytes in as few pieces as they lie in: neighbouring sections of one buffer are one piece.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Runs()
    {
        var run = ReadOnlyMemory<byte>.Empty;
        foreach (var page in _pages)
        {
            foreach (var section in page.Sections)
            {
                if (TryJoin(run, section.Bytes, out var joined))
                {
                    run = joined;
                    continue;
                }

                yield return run;
                run = section.Bytes;
            }
        }

        yield return run;
    }

    private static bool TryJoin(ReadOnlyMemory<byte> run, ReadOnlyMemory<byte> next, out ReadOnlyMemory<byte> joined)
    {
        joined = next;
        if (run.IsEmpty)
        {
            return true;
        }

        if (System.Runtime.InteropServices.MemoryMarshal.TryGetArray(run, out var left)
            && System.Runtime.InteropServices.MemoryMarshal.TryGetArray(next, out var right)
            && left.Array == right.Array
            && left.Offset + left.Count == right.Offset)
        {
            joined = left.Array.AsMemory(left.Offset, left.Count + right.Count);
            return true;
        }

        return false;
    }
}
