namespace HaproxyKit.Model;

/// <summary>
/// A <c>stick-table</c> line: what a proxy remembers about its clients (configuration manual, chapter 11.1).
/// </summary>
public sealed class StickTable : Directive
{
    internal const string KeywordText = "stick-table";

    internal StickTable(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// What entries are found by: <c>ip</c>, <c>ipv6</c>, <c>integer</c>, <c>string</c>, <c>binary</c>; null where the
    /// line says none.
    /// </summary>
    /// <exception cref="ArgumentException">The new value is empty or holds a control character.</exception>
    public string? Type
    {
        get => Arguments.Get("type");
        set => this.SetOrRemove("type", value);
    }

    /// <summary>How many entries fit, as written, for example <c>200k</c>; null where the line says none.</summary>
    /// <exception cref="ArgumentException">The new value is empty or holds a control character.</exception>
    public string? Size
    {
        get => Arguments.Get("size");
        set => this.SetOrRemove("size", value);
    }

    /// <summary>How long an unused entry stays; null where the line says nothing that is a time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">HAProxy cannot keep the time.</exception>
    public TimeSpan? Expire
    {
        get => Expressions.HaproxyTime.TryParse(Arguments.Get("expire"), out var time) ? time : null;
        set => this.SetOrRemove("expire", value is { } time ? Expressions.HaproxyTime.Format(time) : null);
    }
}
