namespace HaproxyKit.Model;

/// <summary>
/// A <c>defaults</c> section: what the proxies behind it, or those that name it, begin with (configuration manual,
/// chapter 4).
/// </summary>
public sealed class Defaults : ProxySection, IFrontendSide, IBackendSide
{
    internal Defaults(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }
}
