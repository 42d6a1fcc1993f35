using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>The sections of one kind, in order, as they are at the moment of looking.</summary>
/// <typeparam name="T">The type of section.</typeparam>
public sealed class SectionList<T> : IReadOnlyCollection<T>
    where T : Section
{
    private readonly HaproxyConfig _config;
    private readonly SectionKind _kind;

    internal SectionList(HaproxyConfig config, SectionKind kind) => (_config, _kind) = (config, kind);

    /// <summary>How many there are.</summary>
    public int Count => _config.Document.Sections.Count(section => section.Kind == _kind);

    private string Keyword => SectionKeywords.KeywordOf(_kind);

    /// <summary>The section of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such section.</exception>
    /// <exception cref="InvalidOperationException">There are several, as in the branches of a condition;
    /// <see cref="Named"/> gives them all.</exception>
    public T this[string name] => Named(name) switch
    {
        [var section] => section,
        [] => throw new KeyNotFoundException($"There is no '{Keyword} {name}'."),
        var several => throw new InvalidOperationException(
            $"There are {several.Count} '{Keyword} {name}'; Named(\"{name}\") gives them all."),
    };

    /// <summary>All sections of a name.</summary>
    /// <param name="name">The name; empty for sections without one.</param>
    /// <returns>None, one, or several.</returns>
    public IReadOnlyList<T> Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return [.. _config.Document.FindSections(_kind, name).Select(ordinal => (T)_config.GetSection(ordinal))];
    }

    /// <summary>Whether there is a section of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when there is one or more.</returns>
    public bool Contains(string name) => _config.Document.FindSections(_kind, name) is { IsEmpty: false };

    /// <summary>Looks for the only section of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="section">The section, or null.</param>
    /// <returns>False when there is none, or several.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out T? section)
    {
        section = Named(name) is [var only] ? only : null;
        return section is not null;
    }

    /// <summary>Adds a section at the end, with a blank line before it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="configure">Fills the section, or null. When it throws, the section is taken back.</param>
    /// <returns>The new section.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, or there is a section of this kind and
    /// name.</exception>
    public T Add(string name, Action<T>? configure = null)
    {
        Section.RequireName(_kind, name, nameof(name));
        if (Contains(name))
        {
            throw new ArgumentException($"There is a '{Keyword} {name}' already.", nameof(name));
        }

        return Append($"{Keyword} {name}", configure);
    }

    /// <summary>
    /// Adds a section without a name at the end, with a blank line before it: <c>global</c>, <c>defaults</c> or
    /// <c>traces</c>.
    /// </summary>
    /// <param name="configure">Fills the section, or null. When it throws, the section is taken back.</param>
    /// <returns>The new section.</returns>
    /// <exception cref="InvalidOperationException">Sections of this kind need a name.</exception>
    public T Add(Action<T>? configure = null) =>
        _kind == SectionKind.Defaults || Section.IsNameless(_kind)
            ? Append(Keyword, configure)
            : throw new InvalidOperationException($"A '{Keyword}' needs a name.");

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        var found = new List<T>();
        var ordinal = 0;
        foreach (var section in _config.Document.Sections)
        {
            if (section.Kind == _kind)
            {
                found.Add((T)_config.GetSection(ordinal));
            }

            ordinal++;
        }

        return found.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T Append(string header, Action<T>? configure) =>
        (T)_config.AppendSection(Encoding.ASCII.GetBytes(header), section => configure?.Invoke((T)section));
}
