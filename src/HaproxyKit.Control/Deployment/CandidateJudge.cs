using System.Collections.Immutable;
using System.Net;
using HaproxyKit.Control.Checking;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Judges what must not reach a reload: no listener, an address that cannot be bound, or what HAProxy itself refuses; and whether the change
/// is to blame, or lines that it did not touch.
/// </summary>
internal sealed class CandidateJudge(string path, IConfigChecker checker, BindProbe probe)
{
    internal async Task<CandidateVerdict> JudgeAsync(
        ConfigDocument before, ConfigDocument wanted, RunningState? running, CancellationToken cancellationToken)
    {
        if (!ListenerRules.HasListener(wanted))
        {
            return new CandidateVerdict(
                false, [Findings.Error(DiagnosticIds.NoListener, "the configuration has no bind: HAProxy would close every port", "keep a frontend or a listen with a bind")]);
        }

        var unavailable = Probe(before, wanted, running);
        if (!unavailable.IsEmpty)
        {
            return new CandidateVerdict(false, unavailable);
        }

        var check = await checker.CheckAsync(new ConfigCandidate(path, wanted.ToBytes()), cancellationToken).ConfigureAwait(false);
        if (check.Verdict == CheckVerdict.Accepted)
        {
            return CandidateVerdict.Accepted;
        }

        var isOthers = PointsElsewhere(before, wanted, check.Diagnostics)
            || (await checker.CheckAsync(new ConfigCandidate(path, before.ToBytes()), cancellationToken).ConfigureAwait(false)).Verdict == CheckVerdict.Refused;
        ImmutableArray<Diagnostic> diagnostics = isOthers
            ? [Findings.Error(DiagnosticIds.OperatorConfigurationInvalid, "HAProxy refuses lines that this change did not touch", "mend the lines below; the change can be asked for again"), .. check.Diagnostics]
            : [.. check.Diagnostics];
        return new CandidateVerdict(false, diagnostics, isOthers);
    }

    private ImmutableArray<Diagnostic> Probe(ConfigDocument before, ConfigDocument wanted, RunningState? running)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var (bind, location) in ListenerRules.NewBinds(before, wanted, name => running?.OpenFrontends.Contains(name) == true))
        {
            foreach (var address in bind.Addresses.Where(address => address.Port is not null && !address.IsUnixSocket))
            {
                if (EndPointOf(address) is { } endPoint && probe.Try(endPoint, ipv6Only: bind.Arguments.Contains("v6only")).Diagnostic is { } diagnostic)
                {
                    found.Add(diagnostic with { Location = location });
                }
            }
        }

        return found.ToImmutable();
    }

    /// <summary>What HAProxy binds to; null where only its own resolver knows, and the reload has to show.</summary>
    private static IPEndPoint? EndPointOf(Address address)
    {
        var ip = address.Host is "" or "*" ? address.Prefix == "ipv6" ? IPAddress.IPv6Any : IPAddress.Any : address.IPAddress;
        return ip is null ? null : new IPEndPoint(ip, address.Port!.Value);
    }

    /// <summary>Whether every place that HAProxy names lies in a section that is the same before and after.</summary>
    private static bool PointsElsewhere(ConfigDocument before, ConfigDocument wanted, IEnumerable<Diagnostic> diagnostics)
    {
        var untouched = before.Sections.Select(section => (section.Kind, section.Name, Text: section.ToString())).ToHashSet();
        var places = diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location is { Line: > 0 })
            .Select(diagnostic => diagnostic.Location!)
            .ToList();
        return places.Count > 0 && places.TrueForAll(place => IsIn(wanted, place.Line, untouched));
    }

    private static bool IsIn(ConfigDocument document, int line, HashSet<(SectionKind, string, string)> sections)
    {
        var first = 1;
        foreach (var section in document.Sections)
        {
            if (line < first + section.LineCount)
            {
                return sections.Contains((section.Kind, section.Name, section.ToString()));
            }

            first += section.LineCount;
        }

        return false;
    }
}
