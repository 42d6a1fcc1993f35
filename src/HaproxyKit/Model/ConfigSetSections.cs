using System.Collections;
using System.Diagnostics.CodeAnalysis;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// The sections of one kind in several files, in HAProxy's order, as they are at the moment of looking.
/// </summary>
/// <typeparam name="T">The type of section.</typeparam>
public sealed class ConfigSetSections<T> : IReadOnlyCollection<T>
    where T : Section
{
    private readonly IReadOnlyList<HaproxyConfig> _files;
    private readonly SectionKind _kind;

    internal ConfigSetSections(IReadOnlyList<HaproxyConfig> files, SectionKind kind) => (_files, _kind) = (files, kind);

    /// <summary>How many there are.</summary>
    public int Count => Lists().Sum(list => list.Count);

    /// <summary>The section of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such section in any file.</exception>
    /// <exception cref="InvalidOperationException">There are several; <see cref="Named"/> gives them all.</exception>
    public T this[string name] => Named(name) switch
    {
        [var section] => section,
        [] => throw new KeyNotFoundException($"No file has a '{SectionKeywords.KeywordOf(_kind)} {name}'."),
        var several => throw new InvalidOperationException(
            $"There are {several.Count} '{SectionKeywords.KeywordOf(_kind)} {name}'; Named(\"{name}\") gives them all."),
    };

    /// <summary>All sections of a name.</summary>
    /// <param name="name">The name; empty for sections without one.</param>
    /// <returns>None, one, or several.</returns>
    public IReadOnlyList<T> Named(string name) => [.. Lists().SelectMany(list => list.Named(name))];

    /// <summary>Whether a file has a section of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when there is one or more.</returns>
    public bool Contains(string name) => Lists().Any(list => list.Contains(name));

    /// <summary>Looks for the only section of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="section">The section, or null.</param>
    /// <returns>False when there is none, or several.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out T? section)
    {
        section = Named(name) is [var only] ? only : null;
        return section is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => Lists().SelectMany(list => list).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<SectionList<T>> Lists() => _files.Select(file => new SectionList<T>(file, _kind));
}
