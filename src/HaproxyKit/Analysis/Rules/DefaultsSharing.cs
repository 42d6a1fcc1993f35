using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis.Rules;

/// <summary>
/// HK3117: a section takes over rules from a <c>defaults</c> section that HAProxy does not give it: only frontends, or
/// only backends, may share rules, and those only that they can carry out (manual, chapter 4).
/// </summary>
internal sealed class DefaultsSharing
{
    /// <summary>
    /// The first frontend and the first backend of each <c>defaults</c> section that has rules, by its number.
    /// </summary>
    private readonly Dictionary<int, (Site? Frontend, Site? Backend)> _users = [];

    /// <summary>What a line of a <c>defaults</c> section is to the sections that take it over.</summary>
    internal static SectionTraits RulesOf(in LineContext line)
    {
        var next = line.Argument(0);
        return line.Keyword[0] == 'h' ? SectionTraits.Rules
            : line.Keyword.SequenceEqual("tcp-request"u8)
                ? next.SequenceEqual("content"u8) ? SectionTraits.Rules
                : next.SequenceEqual("connection"u8) || next.SequenceEqual("session"u8)
                    ? SectionTraits.Rules | SectionTraits.ConnectionRules
                : SectionTraits.None
            : line.Keyword.SequenceEqual("tcp-response"u8) && next.SequenceEqual("content"u8)
                ? SectionTraits.Rules | SectionTraits.ResponseRules
            : SectionTraits.None;
    }

    /// <summary>Looks at the first line of a section.</summary>
    /// <param name="line">The line.</param>
    /// <param name="defaults">What the section begins with.</param>
    internal void Check(in LineContext line, SectionContext defaults)
    {
        if ((defaults.Traits & SectionTraits.Rules) != 0 && defaults.Header.Branch == 0
            && Fault(line, defaults) is { } fault)
        {
            line.Error(
                DiagnosticIds.UnfitDefaults, 0, $"{fault} (line {defaults.Header.Number})",
                "name other defaults behind 'from', or write the rules into the sections themselves");
        }
    }

    private string? Fault(in LineContext line, SectionContext defaults)
    {
        switch (line.Section.Kind)
        {
            case SectionKind.Defaults:
                return "a defaults section cannot take over another one that has rules";
            case SectionKind.Listen:
                return "a listen section cannot take over a defaults section that has rules";
            case SectionKind.Frontend when (defaults.Traits & SectionTraits.ResponseRules) != 0:
                return "a frontend cannot take over the 'tcp-response content' rules of its defaults section";
            case SectionKind.Backend when (defaults.Traits & SectionTraits.ConnectionRules) != 0:
                return "a backend cannot take over the 'tcp-request connection' and 'session' rules of its defaults section";
        }

        var here = line.SiteOf(0);
        var (frontend, backend) = _users.GetValueOrDefault(defaults.Number);
        var isFrontend = line.Section.IsFrontend;
        _users[defaults.Number] = isFrontend ? (frontend ?? here, backend) : (frontend, backend ?? here);
        return (isFrontend ? backend : frontend) is { } other && !line.Run.Branches.AreExclusive(other, here)
            ? $"this section and that of line {other.Number} cannot share a defaults section that has rules"
            : null;
    }
}
