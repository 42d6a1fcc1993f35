using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>What a probe found.</summary>
/// <param name="Verdict">What it found.</param>
/// <param name="Diagnostic">Why HAProxy cannot have it, with id HK7003; null where it can.</param>
public sealed record BindProbeResult(BindProbeVerdict Verdict, Diagnostic? Diagnostic);
