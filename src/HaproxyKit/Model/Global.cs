namespace HaproxyKit.Model;

/// <summary>A <c>global</c> section: what concerns the whole process (configuration manual, chapter 3).</summary>
public sealed class Global : Section
{
    internal Global(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The sockets of the Runtime API, <c>stats socket</c>, in order.</summary>
    public IReadOnlyList<Directive> StatsSockets =>
        [.. Directives["stats"].Where(line => line.Arguments.Count > 1 && line.Arguments[0].Value == "socket")];
}
