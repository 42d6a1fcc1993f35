namespace HaproxyKit.Analysis;

/// <summary>A rule about single lines.</summary>
internal interface ILineRule
{
    /// <summary>The keywords that the rule looks at; empty for all lines.</summary>
    IReadOnlyList<string> Keywords { get; }

    /// <summary>Looks at a line whose keyword is one of <see cref="Keywords"/>.</summary>
    void Check(LineContext line);
}
