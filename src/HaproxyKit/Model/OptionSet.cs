using System.Text;
using HaproxyKit.Catalog;

namespace HaproxyKit.Model;

/// <summary>
/// The options of a proxy by name, such as <c>tcplog</c> or <c>httpclose</c> (configuration manual, chapter 4.2,
/// <c>option</c>).
/// </summary>
public sealed class OptionSet
{
    private const string Keyword = "option";

    private readonly Section _section;

    internal OptionSet(Section section) => _section = section;

    /// <summary>
    /// An option: true for <c>option NAME</c>, false for <c>no option NAME</c>, null where the section says nothing or
    /// <c>default</c>. The last
    /// line that no condition decides about counts, and is the one that is changed; setting null removes all such
    /// lines.
    /// </summary>
    /// <param name="name">The option's name.</param>
    /// <exception cref="ArgumentException">The name is empty or holds a control character, or HAProxy cannot negate the
    /// option.</exception>
    /// <exception cref="InvalidOperationException">HAProxy cannot read the line that would be changed.</exception>
    public bool? this[string name]
    {
        get => Find(name) is { Modifier: var modifier } ? modifier switch
        {
            DirectiveModifier.None => true,
            DirectiveModifier.No => false,
            _ => null,
        }
        : null;

        set
        {
            if (value == this[name])
            {
                return;
            }

            if (value is not { } isOn)
            {
                _section.RemoveUnconditional(Keyword, name);
                return;
            }

            if (!isOn && !CanBeNegated(name))
            {
                throw new ArgumentException($"HAProxy knows no 'no option {name}'; set null to remove the line.", nameof(value));
            }

            var line = Find(name) ?? _section.Directives.Add(Keyword, name);
            line.Modifier = isOn ? DirectiveModifier.None : DirectiveModifier.No;
        }
    }

    /// <summary>The names of all options that the section mentions, in order, each once.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. _section.Directives[Keyword]
            .Where(line => line.Arguments.Count > 0)
            .Select(line => line.Arguments[0].Value)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>An option that no version is known to have may be newer, and is let through.</summary>
    private static bool CanBeNegated(string name) =>
        !HaproxyCatalog.AllVersions.TryFind(EntryClass.Option, Encoding.UTF8.GetBytes($"{Keyword} {name}"), out var option)
        || option.CanBeNegated;

    private Directive? Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _section.LastUnconditional(Keyword, name);
    }
}
