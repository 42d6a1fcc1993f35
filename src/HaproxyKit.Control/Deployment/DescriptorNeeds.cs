using System.Globalization;
using HaproxyKit.Model;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// How many descriptors proxies have HAProxy set aside for listeners and checks (a part of <c>Maxsock</c>), as 2.6, 3.0 and 3.2 count
/// them: one for each socket that listens, each server that is checked and each that is checked by an agent, and one wherever a line about
/// servers says <c>port</c> or <c>agent-port</c>.
/// </summary>
internal static class DescriptorNeeds
{
    /// <summary>The number; too many where a value is spelled as one of these words.</summary>
    internal static int Of(IEnumerable<ProxySection> sections) => sections.Sum(Of);

    private static int Of(ProxySection section)
    {
        var (checks, count) = (Checks.InheritedBy(section), 0);
        foreach (var directive in section.Directives)
        {
            switch (directive)
            {
                case DefaultServer line:
                    checks = checks.With(line);
                    count += PortsIn(line);
                    break;
                case ServerLine line:
                    count += (checks.With(line).Count * ServersOf(line)) + PortsIn(line);
                    break;
                case Bind bind:
                    count += ListenerRules.CountSockets(bind);
                    break;
            }
        }

        return count;
    }

    private static int PortsIn(ServerLine line) => line.Arguments.Count(argument => argument.Value is "port" or "agent-port");

    /// <summary>How many servers a line makes; of a range that HAProxy does not take, one.</summary>
    private static int ServersOf(ServerLine line)
    {
        var ends = ((line as ServerTemplate)?.Range ?? "1").Split('-');
        return int.TryParse(ends.Length == 1 ? "1" : ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                ? Math.Max(1, last - first + 1)
                : 1;
    }

    /// <summary>Which checks the words so far say that a server has.</summary>
    private readonly record struct Checks(bool IsChecked, bool HasAgent)
    {
        internal int Count => (IsChecked ? 1 : 0) + (HasAgent ? 1 : 0);

        internal static Checks InheritedBy(ProxySection section) => section.InheritsFrom is { } defaults
            ? defaults.Directives["default-server"].Aggregate(InheritedBy(defaults), static (checks, line) => checks.With(line))
            : default;

        internal Checks With(Directive line) => line.Arguments.Aggregate(this, static (checks, argument) => argument.Value switch
        {
            "check" => checks with { IsChecked = true },
            "no-check" => checks with { IsChecked = false },
            "agent-check" => checks with { HasAgent = true },
            "no-agent-check" => checks with { HasAgent = false },
            _ => checks,
        });
    }
}
