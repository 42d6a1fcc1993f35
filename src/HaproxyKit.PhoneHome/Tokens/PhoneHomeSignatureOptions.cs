namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>Which signed calls are taken (<see cref="RequestSignature"/>).</summary>
public sealed class PhoneHomeSignatureOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "PhoneHome:Signatures";

    /// <summary>
    /// The URLs by which callers know this balancer, such as <c>https://lb.example.org:9000</c>: schemes, hosts and
    /// ports, 8 at most. A call that was signed for any other, another balancer's say, is refused; a host header that
    /// anybody can write does not count.
    /// </summary>
    /// <value>Empty: no signed call is taken.</value>
    public IList<string> Origins { get; } = [];

    /// <summary>How far a caller's clock may be from this machine's.</summary>
    /// <value>5 minutes; from 1 second to 1 hour.</value>
    public TimeSpan MaxClockSkew { get; set; } = TimeSpan.FromMinutes(5);
}
