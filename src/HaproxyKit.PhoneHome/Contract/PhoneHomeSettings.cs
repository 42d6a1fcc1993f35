using HaproxyKit.Expressions;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>
/// The settings of a mapping as they are written: in calls, in answers and where they are kept. See the members of the same names of
/// <see cref="PhoneHomeRequest"/>; nothing in it has been judged.
/// </summary>
public sealed record PhoneHomeSettings
{
    /// <summary>The address on which HAProxy listens, or null.</summary>
    public string? BindAddress { get; init; }

    /// <summary>How nodes are checked, or null.</summary>
    public PhoneHomeCheck? Check { get; init; }

    /// <summary>How a node is chosen, or null.</summary>
    public string? Balance { get; init; }

    /// <summary>How long a client stays with its node, or null.</summary>
    public string? Sticky { get; init; }

    /// <summary>How many connections are taken at once, or null.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>How long connections of a node that goes may last, or null.</summary>
    public string? Drain { get; init; }

    /// <summary>Writes settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>Each that is not null, in the one way in which it is written.</returns>
    public static PhoneHomeSettings From(MappingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new PhoneHomeSettings
        {
            BindAddress = settings.BindAddress?.ToString(),
            Check = settings.Check is { } check ? From(check) : null,
            Balance = settings.Balance is { } balance ? SettingWords.Of(balance) : null,
            Sticky = Text(settings.Stickiness),
            MaxConnections = settings.MaxConnections,
            Drain = Text(settings.DrainTime),
        };
    }

    private static PhoneHomeCheck From(NodeCheck check) => new()
    {
        Kind = SettingWords.Of(check.Kind),
        Path = check.Path,
        Interval = Text(check.Interval),
        Timeout = Text(check.Timeout),
        Fall = check.Fall,
        Rise = check.Rise,
    };

    private static string? Text(TimeSpan? time) => time is { } value ? HaproxyTime.Format(value) : null;
}
