using System.Collections.Immutable;
using System.Net;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>Finds what has to be done for a running HAProxy to follow a configuration: a pure function of what is known.</summary>
public static class DeploymentPlanner
{
    /// <summary>Plans a change.</summary>
    /// <param name="before">The configuration as the file has it.</param>
    /// <param name="wanted">The configuration as it shall be.</param>
    /// <param name="running">What HAProxy serves, or null where it does not answer.</param>
    /// <param name="isManaged">The proxies that must run exactly as <paramref name="wanted"/> says, whoever changed them.</param>
    /// <returns>The steps; none where nothing has to be done.</returns>
    public static DeploymentPlan Plan(ConfigDocument before, ConfigDocument wanted, RunningState? running, Func<string, bool> isManaged)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(isManaged);
        var steps = new List<DeploymentStep>();
        CompareTexts(before, wanted, running, steps);
        if (running is not null)
        {
            CompareWithRunning(wanted, running, isManaged, steps);
        }

        return new DeploymentPlan([.. steps.Distinct()]);
    }

    /// <summary>
    /// The proxies whose own sections differ between two configurations: what runs of them has to be known to plan the change. The cost is
    /// that of the sections that differ, where one document came of the other by edits.
    /// </summary>
    /// <param name="before">The configuration as the file has it.</param>
    /// <param name="wanted">The configuration as it shall be.</param>
    /// <returns>The names of frontends, backends and listen sections that were added, removed or changed in any way, comments included.</returns>
    public static IReadOnlySet<string> TouchedProxies(ConfigDocument before, ConfigDocument wanted)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(wanted);
        var differences = SectionDifferences.Between(before, wanted);
        return differences.Before.Concat(differences.Wanted)
            .Where(section => section.Kind is SectionKind.Frontend or SectionKind.Backend or SectionKind.Listen)
            .Select(section => section.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static void CompareTexts(ConfigDocument before, ConfigDocument wanted, RunningState? running, List<DeploymentStep> steps)
    {
        var old = Keyed(before);
        var now = Keyed(wanted);
        var oldByKey = old.ToDictionary(pair => pair.Key, pair => pair.Section);
        var nowByKey = now.ToDictionary(pair => pair.Key, pair => pair.Section);
        foreach (var (key, section) in old.Where(pair => !nowByKey.ContainsKey(pair.Key) && HasMeaning(pair.Section)))
        {
            Reload(steps, $"{Describe(section)} was removed");
        }

        foreach (var (key, section) in now)
        {
            if (!oldByKey.TryGetValue(key, out var previous))
            {
                if (HasMeaning(section))
                {
                    Reload(steps, $"{Describe(section)} was added");
                }
            }
            else if (!previous.Bytes.Span.SequenceEqual(section.Bytes.Span))
            {
                CompareSections(previous, section, running, IsAlone(now, section), steps);
            }
        }

        var order = now.Select(pair => pair.Key).Where(oldByKey.ContainsKey);
        if (!old.Select(pair => pair.Key).Where(nowByKey.ContainsKey).SequenceEqual(order))
        {
            Reload(steps, "sections stand in another order");
        }
    }

    /// <summary>The sections by kind, name, and how many of the same came before, so that duplicates are told apart.</summary>
    private static List<((SectionKind Kind, string Name, int Occurrence) Key, SectionSyntax Section)> Keyed(ConfigDocument document)
    {
        var counts = new Dictionary<(SectionKind, string), int>();
        return
        [
            .. document.Sections.Select(section =>
            {
                var name = (section.Kind, section.Name);
                counts[name] = counts.GetValueOrDefault(name) + 1;
                return ((section.Kind, section.Name, counts[name]), section);
            }),
        ];
    }

    private static void CompareSections(
        SectionSyntax before, SectionSyntax wanted, RunningState? running, bool isAlone, List<DeploymentStep> steps)
    {
        var old = SignificantLines(before);
        var now = SignificantLines(wanted);
        if (old.Count != now.Count)
        {
            Reload(steps, $"{Describe(wanted)}: {Difference(old, now)}");
            return;
        }

        foreach (var (was, line) in old.Zip(now).Where(pair => !pair.First.SequenceEqual(pair.Second, StringComparer.Ordinal)))
        {
            var isAddress = isAlone && IsAddressChange(wanted, was, line) && now.Count(other => IsServer(other, line[1])) == 1;
            if (isAddress && Expressions.Address.TryParse(line[2], out var address) && address is { Prefix: "", IPAddress: { } ip, Port: { } port })
            {
                steps.Add(Move(wanted.Name, line[1], ip, port, running));
            }
            else
            {
                Reload(steps, $"{Describe(wanted)}: '{Begin(was)}' {(Begin(was) == Begin(line) ? "was changed" : $"became '{Begin(line)}'")}");
            }
        }
    }

    /// <summary>Whether nothing but the address of a server is another one.</summary>
    private static bool IsAddressChange(SectionSyntax section, IReadOnlyList<string> was, IReadOnlyList<string> line) =>
        section.Kind is SectionKind.Backend or SectionKind.Listen
        && line is ["server", _, _, ..]
        && was.Count == line.Count
        && was.Where((_, i) => i != 2).SequenceEqual(line.Where((_, i) => i != 2), StringComparer.Ordinal)
        && !section.Lines.Any(other => other.Kind == LineKind.Dot);

    private static bool IsServer(IReadOnlyList<string> line, string name) => line is ["server", var other, ..] && other == name;

    /// <summary>Whether no other section takes commands by the same name.</summary>
    private static bool IsAlone(List<((SectionKind Kind, string Name, int Occurrence) Key, SectionSyntax Section)> sections, SectionSyntax section) =>
        sections.Count(pair => pair.Key.Kind is SectionKind.Backend or SectionKind.Listen && pair.Key.Name == section.Name) == 1;

    private static string Difference(List<IReadOnlyList<string>> old, List<IReadOnlyList<string>> now)
    {
        var known = old.Select(Joined).ToHashSet(StringComparer.Ordinal);
        var present = now.Select(Joined).ToHashSet(StringComparer.Ordinal);
        return now.Find(line => !known.Contains(Joined(line))) is { } added && now.Count > old.Count ? $"'{Begin(added)}' was added"
            : old.Find(line => !present.Contains(Joined(line))) is { } removed ? $"'{Begin(removed)}' was removed"
            : "a line stands there more or less often";
    }

    private static string Joined(IReadOnlyList<string> line) => string.Join(' ', line);

    /// <summary>As much of a line as says what it is: what follows may be a password.</summary>
    private static string Begin(IReadOnlyList<string> line) => string.Join(' ', line.Take(line is ["no" or "default", ..] ? 3 : 2));

    /// <summary>The command for a new address, or a reload where the Runtime API takes no such address or name.</summary>
    private static DeploymentStep Move(string backend, string server, IPAddress address, int port, RunningState? running)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.IsIPv4MappedToIPv6 || !IsPlainName(backend) || !IsPlainName(server))
        {
            return new ReloadStep($"server '{backend}/{server}' cannot be given the address {new IPEndPoint(address, port)} at run time");
        }

        var isDown = running?.Servers.GetValueOrDefault((backend, server)) is { IsDown: true, IsInMaintenance: false };
        return new SetServerAddress(backend, server, address, port, isDown);
    }

    /// <summary>Whether a name is one that HAProxy takes (configuration manual, chapter 4), and a command can carry.</summary>
    private static bool IsPlainName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':');

    /// <summary>Whether HAProxy runs a section whatever its environment says: no line disables it, and no condition encloses it.</summary>
    internal static bool IsRunAlways(ProxySection section) =>
        !section.Directives.Any(directive => directive.Keyword == "disabled") && !section.Directives.Any(directive => directive.Conditions.Count > 0);

    private static void CompareWithRunning(ConfigDocument wanted, RunningState running, Func<string, bool> isManaged, List<DeploymentStep> steps)
    {
        var config = new HaproxyConfig(wanted);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in config.Sections.OfType<ProxySection>().Where(section => section.Kind != SectionKind.Defaults && isManaged(section.Name)))
        {
            written.Add(section.Name);
            if (!IsRunAlways(section))
            {
                continue;
            }

            if (!running.Proxies.Contains(section.Name))
            {
                Reload(steps, $"{Describe(section.Syntax)} is not running");
            }
            else if (section.Kind is SectionKind.Frontend or SectionKind.Listen && !running.IsOpen(section.Name))
            {
                Reload(steps, $"{Describe(section.Syntax)} takes no connections");
            }

            foreach (var server in section.Directives.OfType<Server>())
            {
                CompareServer(section, server, running, steps);
            }
        }

        foreach (var proxy in running.Proxies.Where(proxy => isManaged(proxy) && !written.Contains(proxy)).Order(StringComparer.Ordinal))
        {
            Reload(steps, $"'{proxy}' is running and stands in the file no more");
        }
    }

    private static void CompareServer(ProxySection section, Server server, RunningState running, List<DeploymentStep> steps)
    {
        if (server.Address is not { IPAddress: { } address, Port: { } port })
        {
            return;
        }

        if (!running.Servers.TryGetValue((section.Name, server.Name), out var present))
        {
            Reload(steps, $"server '{section.Name}/{server.Name}' is not running");
        }
        else if (!address.Equals(present.Address) || port != present.Port)
        {
            steps.Add(Move(section.Name, server.Name, address, port, running));
        }
    }

    private static void Reload(List<DeploymentStep> steps, string reason) => steps.Add(new ReloadStep(reason));

    private static bool HasMeaning(SectionSyntax section) => section.Kind != SectionKind.None || SignificantLines(section).Count > 0;

    private static string Describe(SectionSyntax section) =>
        section.Kind == SectionKind.None ? "the text before the first section" : $"{SectionKeywords.KeywordOf(section.Kind)} '{section.Name}'".Replace(" ''", "", StringComparison.Ordinal);

    /// <summary>The words of the lines that mean something to HAProxy, as written but without quotes.</summary>
    private static List<IReadOnlyList<string>> SignificantLines(SectionSyntax section)
    {
        var lines = new List<IReadOnlyList<string>>();
        foreach (var line in section.Lines.Where(line => line.Kind is not (LineKind.Blank or LineKind.Comment)))
        {
            var words = new List<string>();
            foreach (var word in line.Words)
            {
                words.Add(word.IsPlain ? word.ToString() : System.Text.Encoding.Latin1.GetString(word.Raw));
            }

            lines.Add(words);
        }

        return lines;
    }
}
