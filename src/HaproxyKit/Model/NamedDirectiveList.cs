using System.Diagnostics.CodeAnalysis;
using System.Text;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>The lines of a section that have a name, in order, as they are at the moment of looking.</summary>
/// <typeparam name="T">The type of line.</typeparam>
public class NamedDirectiveList<T> : TypedDirectiveList<T>
    where T : Directive
{
    internal NamedDirectiveList(Section section, string keyword)
        : base(section, keyword)
    {
    }

    /// <summary>The line of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such line.</exception>
    /// <exception cref="InvalidOperationException">There are several, as in the branches of a condition;
    /// <see cref="Named"/> gives them all.</exception>
    public T this[string name] => Named(name) switch
    {
        [var line] => line,
        [] => throw new KeyNotFoundException($"'{Section.Name}' has no {Keyword} '{name}'."),
        var several => throw new InvalidOperationException(
            $"'{Section.Name}' has {several.Count} {Keyword}s '{name}'; Named(\"{name}\") gives them all."),
    };

    /// <summary>All lines of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>None, one, or several.</returns>
    public IReadOnlyList<T> Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var syntax = Section.Syntax;
        var (keyword, bytes) = (Encoding.ASCII.GetBytes(Keyword), Encoding.UTF8.GetBytes(name));
        var found = new List<T>();
        for (var i = syntax.HeaderLine + 1; i < syntax.LineCount; i++)
        {
            var words = new KeywordReader(syntax.LineSpan(i));
            if (words.Keyword.Is(keyword)
                && words.TryReadArgument(out var first)
                && first.Is(bytes)
                && LineClassifier.Classify(syntax.LineSpan(i), out _) == LineKind.Directive)
            {
                found.Add((T)Section.GetDirective(i));
            }
        }

        return found;
    }

    /// <summary>Whether there is a line of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when there is one or more.</returns>
    public bool Contains(string name) => Named(name).Count > 0;

    /// <summary>Looks for the only line of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="line">The line, or null.</param>
    /// <returns>False when there is none, or several.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out T? line)
    {
        line = Named(name) is [var only] ? only : null;
        return line is not null;
    }

    /// <summary>Adds a line behind the last one of its kind.</summary>
    /// <param name="name">The name.</param>
    /// <param name="arguments">The words behind it, each quoted as it needs to be.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, there is a line of that name (which only an
    /// acl may have), or a word is empty or holds a control character.</exception>
    public T Add(string name, params ReadOnlySpan<string> arguments)
    {
        RequireNew(name);
        return (T)Section.Directives.Add(Keyword, [name, .. arguments]);
    }

    /// <inheritdoc cref="TypedDirectiveList{T}.Add"/>
    public new T Add(RuleText rule) => base.Add(rule);

    /// <summary>Throws when HAProxy would not take a name here.</summary>
    private protected void RequireNew(string name)
    {
        NameRules.Require(name, nameof(name));
        if (Keyword != "acl" && Contains(name))
        {
            throw new ArgumentException($"'{Section.Name}' has a {Keyword} '{name}' already.", nameof(name));
        }
    }
}
