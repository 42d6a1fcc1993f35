namespace HaproxyKit.Model;

/// <summary>A <c>traces</c> section: what HAProxy traces, from 3.1 on (configuration manual, chapter 12.1).</summary>
public sealed class Traces : Section
{
    internal Traces(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The <c>trace</c> lines.</summary>
    public RuleList<Directive> Lines => new(this, "trace");
}
