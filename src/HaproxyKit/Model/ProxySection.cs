using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>What <c>defaults</c>, <c>frontend</c>, <c>backend</c> and <c>listen</c> have in common (configuration manual, chapter 4).</summary>
public abstract class ProxySection : Section
{
    private protected ProxySection(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The protocol, or null where the section says none. Setting null removes the line.</summary>
    /// <exception cref="ArgumentException">The new mode is empty or holds a control character.</exception>
    public ProxyMode? Mode
    {
        get => GetSingle("mode") is { } mode ? new ProxyMode(mode) : null;
        set => SetSingle("mode", value?.Name);
    }

    /// <summary>The options by name.</summary>
    public OptionSet Options => new(this);

    /// <summary>The time limits.</summary>
    public TimeoutSet Timeouts => new(this);

    /// <summary>The <c>defaults</c> section named behind <c>from</c>, or null where the header names none.</summary>
    public string? From
    {
        get
        {
            var words = Syntax[Syntax.HeaderLine].Words;
            var found = false;
            while (words.MoveNext())
            {
                if (found)
                {
                    return words.Current.ToString();
                }

                found = words.Current.Is("from"u8) && words.Current.Start > 0;
            }

            return null;
        }
    }

    /// <summary>The first argument of the last unconditional line with a keyword.</summary>
    private protected string? GetSingle(string keyword) => FindSingle(keyword) is { Arguments: { Count: > 0 } arguments } ? arguments[0].Value : null;

    /// <summary>Sets the first argument of the last unconditional line with a keyword, adds such a line, or removes it for null.</summary>
    private protected void SetSingle(string keyword, string? value)
    {
        var line = FindSingle(keyword);
        if (value is null)
        {
            line?.Remove();
        }
        else if (line is null)
        {
            Directives.Add(keyword, value);
        }
        else if (line.Arguments.Count == 0)
        {
            line.Arguments.Add(value);
        }
        else
        {
            line.Arguments[0].Value = value;
        }
    }

    /// <summary>The arguments, as written, of the last unconditional line with a keyword.</summary>
    private protected string? GetLanguage(string keyword) => FindSingle(keyword)?.Arguments.ToString();

    /// <summary>Sets all arguments of the last unconditional line with a keyword to words of HAProxy's own language.</summary>
    private protected void SetLanguage(string keyword, string? words)
    {
        var line = FindSingle(keyword);
        if (words is null)
        {
            line?.Remove();
            return;
        }

        if (line is not null && line.Arguments.ToString() == words)
        {
            return;
        }

        var text = $"{keyword} {words}";
        DirectiveList.RequireOneDirective(StrictUtf8.GetBytes(text, nameof(words)), nameof(words));
        if (line is null)
        {
            Directives.AddLine(text);
            return;
        }

        while (line.Arguments.Count > 0)
        {
            line.Arguments.RemoveAt(line.Arguments.Count - 1);
        }

        line.InsertWords(line.WordCount, StrictUtf8.GetBytes(words, nameof(words)));
    }

    private Directive? FindSingle(string keyword) =>
        LastUnconditional(line => line.Keyword == keyword && line.Modifier == DirectiveModifier.None);

    private protected Bind AddBind(string address) => new BindList(this).Add(Address.Parse(address));
}
