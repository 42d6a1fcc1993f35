namespace HaproxyKit.Model;

/// <summary>
/// An <c>http-errors</c> section: error files that several proxies use (configuration manual, chapter 12.4).
/// </summary>
public sealed class HttpErrors : Section
{
    internal HttpErrors(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The <c>errorfile</c> lines.</summary>
    public RuleList<ErrorFile> ErrorFiles => new(this, "errorfile");
}
