namespace HaproxyKit.Model;

/// <summary>
/// A <c>defaults</c> section: what the proxies behind it, or those that name it, begin with (configuration manual,
/// chapter 4).
/// </summary>
public sealed class Defaults : ProxySection
{
    internal Defaults(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>How a backend chooses a server, in HAProxy's own language, see <see cref="Backend.Balance"/>.</summary>
    /// <exception cref="ArgumentException">HAProxy could not read the words.</exception>
    public string? Balance
    {
        get => GetLanguage("balance");
        set => SetLanguage("balance", value);
    }
}
