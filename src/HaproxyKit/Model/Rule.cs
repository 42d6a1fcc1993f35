using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// One rule of a ruleset: a line of <c>http-request</c>, <c>http-response</c>, <c>http-after-response</c>,
/// <c>tcp-request</c>, <c>tcp-response</c> or <c>quic-initial</c> (configuration manual, chapters 4.2 to 4.4).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Rule : Directive
{
    internal static readonly DirectiveProperty<string?> ConditionProperty = Property.Condition();

    internal Rule(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The condition as written, from <c>if</c> or <c>unless</c> on; null for a rule without one.</summary>
    public string? Condition { get => Get(ConditionProperty); set => Set(ConditionProperty, value); }

    /// <summary>
    /// When a rule of <c>tcp-request</c> or <c>tcp-response</c> is looked at: <c>connection</c>, <c>session</c>,
    /// <c>content</c>; empty in other rulesets.
    /// </summary>
    public string Event => Skipped > 0 && Arguments.Count > 0 ? Arguments[0].Value : "";

    /// <summary>
    /// What is done, for example <c>deny</c> or <c>set-var(txn.x)</c>; empty where the line breaks off before it.
    /// </summary>
    public string Action => Arguments is { } words && words.Count > Skipped ? words[Skipped].Value : "";

    /// <summary>The words between the action and the condition, as they are at the moment of looking.</summary>
    public IReadOnlyList<Argument> ActionArguments => [.. Arguments.Take(ConditionStart()).Skip(Skipped + 1)];

    /// <summary>How many words stand before the action.</summary>
    private int Skipped => Keyword is "tcp-request" or "tcp-response" ? 1 : 0;

    internal override int PositionalCount => Skipped + 1;

    /// <summary>
    /// As the catalog knows where the words of an action end; where it knows none, the first such word.
    /// </summary>
    internal override int ConditionStart()
    {
        var slots = LineSlots.Read(Section.Kind, LineBytes);
        var at = slots.FindIndex(slot => slot.Role is AclWordRole.If or AclWordRole.Unless);
        return at < 0 ? base.ConditionStart() : slots[at].Word - FirstArgument;
    }

    private protected override bool HasCondition => true;
}
