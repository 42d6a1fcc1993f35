using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>Whether a configuration may reach a reload.</summary>
internal sealed record CandidateVerdict(bool IsAccepted, ImmutableArray<Diagnostic> Diagnostics, bool IsOperatorsFault = false, bool IsUnknown = false)
{
    internal static CandidateVerdict Accepted { get; } = new(true, []);
}
