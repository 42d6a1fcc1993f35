using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>What must hold of the listeners of a configuration before HAProxy may read it.</summary>
internal static class ListenerRules
{
    /// <summary>Whether any proxy listens. HAProxy takes a file without a listener, and then closes every port.</summary>
    internal static bool HasListener(ConfigDocument document) => Binds(document).Any();

    /// <summary>The binds that a configuration has and another had not, each with its place.</summary>
    internal static IEnumerable<(Bind Bind, DiagnosticLocation Location)> NewBinds(ConfigDocument before, ConfigDocument wanted, Func<string, bool> isRunning)
    {
        var known = Binds(before).Select(bind => bind.Arguments.Count > 0 ? bind.Arguments[0].Value : "").ToHashSet(StringComparer.Ordinal);
        return Binds(wanted)
            .Where(bind => bind.Arguments.Count > 0 && !(known.Contains(bind.Arguments[0].Value) || isRunning(bind.Section.Name)))
            .Select(bind => (bind, LocationOf(bind)));
    }

    private static IEnumerable<Bind> Binds(ConfigDocument document) =>
        new HaproxyConfig(document).Sections.OfType<ProxySection>().Where(section => section.Kind != SectionKind.Defaults).SelectMany(section => section.Directives.OfType<Bind>());

    private static DiagnosticLocation LocationOf(Bind bind)
    {
        var address = bind.Arguments[0].SpanInLine;
        return new DiagnosticLocation
        {
            File = bind.Section.Config.Document.Path,
            Line = bind.LineNumber,
            Column = address.Start + 1,
            Span = address,
            LineText = Encoding.UTF8.GetBytes(bind.Text),
        };
    }
}
