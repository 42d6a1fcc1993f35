using System.Net;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Deployment;

/// <summary>Whether HAProxy could bind an address and a port.</summary>
/// <param name="EndPoint">The address and the port.</param>
/// <param name="Availability">Whether it can be had, and if not, why not.</param>
/// <param name="Diagnostic">The same for people, or null where it can be had.</param>
public sealed record BindProbeResult(IPEndPoint EndPoint, BindAvailability Availability, Diagnostic? Diagnostic)
{
    /// <summary>Whether it can be had.</summary>
    public bool IsAvailable => Availability is BindAvailability.Available or BindAvailability.AvailableByTable;
}
