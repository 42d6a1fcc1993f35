namespace HaproxyKit.Model;

/// <summary>
/// One step of a health check: a line of <c>http-check</c> or <c>tcp-check</c> (configuration manual, chapter 4.2).
/// </summary>
public sealed class CheckRule : Directive
{
    internal CheckRule(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// What is done, for example <c>connect</c>, <c>send</c>, <c>expect</c>; empty where the line breaks off before it.
    /// </summary>
    public string Action => Arguments.Count > 0 ? Arguments[0].Value : "";

    /// <summary>The words behind the action, as they are at the moment of looking.</summary>
    public IReadOnlyList<Argument> ActionArguments => [.. Arguments.Skip(1)];
}
