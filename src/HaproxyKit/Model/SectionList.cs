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
    private static readonly SectionKind Kind = DirectiveTypes.KindOf<T>();

    private readonly HaproxyConfig _config;

    internal SectionList(HaproxyConfig config) => _config = config;

    /// <summary>How many there are.</summary>
    public int Count => _config.Document.Sections.Count(section => section.Kind == Kind);

    /// <summary>The section of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such section.</exception>
    /// <exception cref="InvalidOperationException">There are several, as in the branches of a condition; <see cref="Named"/> gives them all.</exception>
    public T this[string name] => Named(name) switch
    {
        [var section] => section,
        [] => throw new KeyNotFoundException($"There is no '{SectionKeywords.KeywordOf(Kind)} {name}'."),
        var several => throw new InvalidOperationException($"There are {several.Count} '{SectionKeywords.KeywordOf(Kind)} {name}'; Named(\"{name}\") gives them all."),
    };

    /// <summary>All sections of a name.</summary>
    /// <param name="name">The name; empty for sections without one.</param>
    /// <returns>None, one, or several.</returns>
    public IReadOnlyList<T> Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return [.. _config.Document.FindSections(Kind, name).Select(ordinal => (T)_config.GetSection(ordinal))];
    }

    /// <summary>Whether there is a section of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when there is one or more.</returns>
    public bool Contains(string name) => _config.Document.FindSections(Kind, name) is { IsEmpty: false };

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
    /// <param name="configure">Fills the section, or null.</param>
    /// <returns>The new section.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, or there is a section of this kind and name.</exception>
    public T Add(string name, Action<T>? configure = null)
    {
        NameRules.Require(name, nameof(name));
        if (Kind == SectionKind.Global)
        {
            throw new ArgumentException("'global' takes no name.", nameof(name));
        }

        if (Contains(name))
        {
            throw new ArgumentException($"There is a '{SectionKeywords.KeywordOf(Kind)} {name}' already.", nameof(name));
        }

        return Append($"{SectionKeywords.KeywordOf(Kind)} {name}", configure);
    }

    /// <summary>Adds a section without a name at the end, with a blank line before it: <c>global</c> or <c>defaults</c>.</summary>
    /// <param name="configure">Fills the section, or null.</param>
    /// <returns>The new section.</returns>
    /// <exception cref="InvalidOperationException">Sections of this kind need a name.</exception>
    public T Add(Action<T>? configure = null) =>
        Kind is SectionKind.Global or SectionKind.Defaults
            ? Append(SectionKeywords.KeywordOf(Kind), configure)
            : throw new InvalidOperationException($"A '{SectionKeywords.KeywordOf(Kind)}' needs a name.");

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        var found = new List<T>();
        var ordinal = 0;
        foreach (var section in _config.Document.Sections)
        {
            if (section.Kind == Kind)
            {
                found.Add((T)_config.GetSection(ordinal));
            }

            ordinal++;
        }

        return found.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T Append(string header, Action<T>? configure)
    {
        var section = (T)_config.AppendSection(Encoding.ASCII.GetBytes(header));
        configure?.Invoke(section);
        return section;
    }
}
