using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>stick</c> line: what keeps a client with its server (configuration manual, chapter 4.2).</summary>
public sealed class Stick : Directive
{
    internal const string KeywordText = "stick";
    internal static readonly DirectiveProperty<string?> TableProperty = Property.Named("table", Codecs.Name);
    internal static readonly DirectiveProperty<string?> ConditionProperty = Property.Condition();

    internal Stick(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// What the line does: <c>on</c>, <c>match</c>, <c>store-request</c>, <c>store-response</c>; empty where the line
    /// breaks off before it.
    /// </summary>
    public string Action => Arguments.Count > 0 ? Arguments[0].Value : "";

    /// <summary>
    /// The expression that names the client, for example <c>src</c>; empty where the line breaks off before it.
    /// </summary>
    public string Expression => Arguments.Count > 1 ? Arguments[1].Value : "";

    /// <summary>The proxy whose table is used; null for the section's own.</summary>
    /// <exception cref="ArgumentException">HAProxy does not take the new name.</exception>
    public string? Table { get => Get(TableProperty); set => Set(TableProperty, value); }

    /// <summary>The condition as written, from <c>if</c> or <c>unless</c> on; null for a line without one.</summary>
    /// <exception cref="ArgumentException">The condition is none that HAProxy can read.</exception>
    public string? Condition { get => Get(ConditionProperty); set => Set(ConditionProperty, value); }

    internal override int PositionalCount => 2;

    internal override bool TakesValue(string word) => word == "table";

    private protected override bool HasCondition => true;
}
