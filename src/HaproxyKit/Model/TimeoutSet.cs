using HaproxyKit.Expressions;

namespace HaproxyKit.Model;

/// <summary>
/// The time limits of a proxy (configuration manual, chapter 4.2, <c>timeout</c>). Null where the section says nothing
/// that is a time;
/// setting null removes the lines. The last line that no condition decides about counts.
/// </summary>
public sealed class TimeoutSet
{
    private const string Keyword = "timeout";

    private readonly Section _section;

    internal TimeoutSet(Section section) => _section = section;

    /// <summary>The longest wait for a connection to a server.</summary>
    public TimeSpan? Connect
    {
        get => this["connect"];
        set => this["connect"] = value;
    }

    /// <summary>The longest silence of a client.</summary>
    public TimeSpan? Client
    {
        get => this["client"];
        set => this["client"] = value;
    }

    /// <summary>The longest silence of a server.</summary>
    public TimeSpan? Server
    {
        get => this["server"];
        set => this["server"] = value;
    }

    /// <summary>The longest wait for a health check's answer.</summary>
    public TimeSpan? Check
    {
        get => this["check"];
        set => this["check"] = value;
    }

    /// <summary>The longest wait for a free server.</summary>
    public TimeSpan? Queue
    {
        get => this["queue"];
        set => this["queue"] = value;
    }

    /// <summary>The longest silence of a connection in both directions, once it is a tunnel.</summary>
    public TimeSpan? Tunnel
    {
        get => this["tunnel"];
        set => this["tunnel"] = value;
    }

    /// <summary>A time limit by its name.</summary>
    /// <param name="name">The word behind <c>timeout</c>, for example <c>http-request</c>.</param>
    /// <exception cref="ArgumentException">The name is empty or holds a control character.</exception>
    /// <exception cref="ArgumentOutOfRangeException">HAProxy cannot keep the new time.</exception>
    public TimeSpan? this[string name]
    {
        get => Find(name) is { Arguments.Count: > 1 } line && HaproxyTime.TryParse(line.Arguments[1].Value, out var time) ? time : null;
        set
        {
            var line = Find(name);
            if (value is not { } time)
            {
                _section.RemoveUnconditional(Keyword, name);
            }
            else if (line is null)
            {
                _section.Directives.Add(Keyword, name, HaproxyTime.Format(time));
            }
            else if (line.Arguments.Count == 1)
            {
                line.Arguments.Add(HaproxyTime.Format(time));
            }
            else if (time != this[name])
            {
                line.Arguments[1].Value = HaproxyTime.Format(time);
            }
        }
    }

    private Directive? Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _section.LastUnconditional(Keyword, name, DirectiveModifier.None);
    }
}
