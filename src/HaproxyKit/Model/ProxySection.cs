using System.Text;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// What <c>defaults</c>, <c>frontend</c>, <c>backend</c> and <c>listen</c> have in common (configuration manual,
/// chapter 4).
/// </summary>
public abstract class ProxySection : Section
{
    private protected ProxySection(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The protocol, or null where the section says none. Setting null removes the lines.</summary>
    /// <exception cref="ArgumentException">The new mode is empty or holds a control character.</exception>
    public ProxyMode? Mode
    {
        get => GetSingle("mode") is { } mode ? new ProxyMode(mode) : null;
        set => SetSingle(
            "mode", value is { } mode ? mode.Name ?? throw new ArgumentException("The mode has no name.", nameof(value)) : null);
    }

    /// <summary>The options by name.</summary>
    public OptionSet Options => new(this);

    /// <summary>The time limits.</summary>
    public TimeoutSet Timeouts => new(this);

    /// <summary>
    /// The <c>defaults</c> section named behind <c>from</c>, or null where the header names none. Setting it changes
    /// the header alone; setting
    /// null takes <c>from</c> and the name away.
    /// </summary>
    /// <exception cref="ArgumentException">HAProxy does not take the new name.</exception>
    /// <exception cref="InvalidOperationException">HAProxy cannot read the header, or the section was
    /// removed.</exception>
    public string? From
    {
        get => FromWord is var from && from > 0 ? HeaderWord(from + 1) : null;
        set
        {
            if (value == From)
            {
                return;
            }

            var header = Syntax.LineSpan(Syntax.HeaderLine);
            var from = FromWord;
            if (value is null)
            {
                RewriteHeader(LineEditor.RemoveWords(header, from, 2));
                return;
            }

            var name = Encoding.ASCII.GetBytes(NameRules.Require(value, nameof(value)));
            RewriteHeader(
                from < 0 ? LineEditor.InsertWords(header, Name.Length > 0 ? 2 : 1, "from"u8.ToArray(), name)
                : HeaderWord(from + 1) is null ? LineEditor.InsertWords(header, from + 1, name)
                : LineEditor.ReplaceWord(header, from + 1, name));
        }
    }

    /// <summary>
    /// Where <c>from</c> stands in the header: behind the name, or where <c>defaults</c> has none; else -1.
    /// </summary>
    private int FromWord =>
        Kind == SectionKind.Defaults && HeaderWord(1) == "from" ? 1
        : HeaderWord(2) == "from" ? 2
        : -1;

    /// <summary>The first argument of the last unconditional line with a keyword.</summary>
    private protected string? GetSingle(string keyword) =>
        FindSingle(keyword) is { Arguments: { Count: > 0 } arguments } ? arguments[0].Value : null;

    /// <summary>
    /// Sets the first argument of the last unconditional line with a keyword, adds such a line, or removes them all for
    /// null.
    /// </summary>
    private protected void SetSingle(string keyword, string? value)
    {
        var line = FindSingle(keyword);
        if (value is null)
        {
            RemoveUnconditional(keyword, argument: null);
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

    /// <summary>
    /// Sets all arguments of the last unconditional line with a keyword to words of HAProxy's own language.
    /// </summary>
    private protected void SetLanguage(string keyword, string? words)
    {
        if (words is null)
        {
            RemoveUnconditional(keyword, argument: null);
            return;
        }

        var line = FindSingle(keyword);
        if (line is not null && line.Arguments.ToString() == words)
        {
            return;
        }

        var text = DirectiveList.RequireOneDirective($"{keyword} {words}", nameof(words));
        if (new ConfigLine(text) is var added && (CountWords(added) < 2 || LineEditor.CommentOf(text) is not null))
        {
            throw new ArgumentException($"'{words}' is no value of '{keyword}': it has no word, or a comment.", nameof(words));
        }

        if (line is null)
        {
            AddLine(text);
        }
        else
        {
            line.ReplaceArguments(text.AsSpan(keyword.Length).TrimStart(" \t"u8), CountWords(added) - 1);
        }
    }

    private static int CountWords(ConfigLine line)
    {
        var count = 0;
        foreach (var _ in line.Words)
        {
            count++;
        }

        return count;
    }

    private Directive? FindSingle(string keyword) => LastUnconditional(keyword, modifier: DirectiveModifier.None);

    private protected Bind AddBind(string address) => new BindList(this).Add(Address.Parse(address));
}
