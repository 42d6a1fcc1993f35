namespace HaproxyKit.Model;

/// <summary>The options of a proxy by name, such as <c>tcplog</c> or <c>httpchk</c> (configuration manual, chapter 4.2, <c>option</c>).</summary>
public sealed class OptionSet
{
    private readonly Section _section;

    internal OptionSet(Section section) => _section = section;

    /// <summary>
    /// An option: true for <c>option NAME</c>, false for <c>no option NAME</c>, null where the section says nothing. The last line that no
    /// condition decides about counts, and is the one that is changed.
    /// </summary>
    /// <param name="name">The option's name.</param>
    /// <exception cref="ArgumentException">The name is empty or holds a control character.</exception>
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
            var line = Find(name);
            if (value is null)
            {
                line?.Remove();
                return;
            }

            line ??= _section.Directives.Add("option", name);
            line.Modifier = value.Value ? DirectiveModifier.None : DirectiveModifier.No;
        }
    }

    /// <summary>The names of all options that the section mentions, in order, each once.</summary>
    public IReadOnlyList<string> Names =>
        [.. _section.Directives["option"].Where(line => line.Arguments.Count > 0).Select(line => line.Arguments[0].Value).Distinct(StringComparer.Ordinal)];

    private Directive? Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _section.LastUnconditional(line => line.Keyword == "option" && line.Arguments.Count > 0 && line.Arguments[0].Value == name);
    }
}
