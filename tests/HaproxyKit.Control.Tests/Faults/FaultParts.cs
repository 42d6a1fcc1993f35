using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>What a deployer of a <see cref="FaultBed"/> is made of where it is not the real thing.</summary>
internal sealed record FaultParts
{
    internal static FaultParts Real { get; } = new();

    /// <summary>The stats socket, or null for HAProxy's own.</summary>
    internal RuntimeClient? Stats { get; init; }

    /// <summary>The master's socket, or null for HAProxy's own.</summary>
    internal RuntimeEndpoint? Master { get; init; }

    /// <summary>Whether there is a master's socket at all; else HAProxy is reloaded by a signal.</summary>
    internal bool ByMaster { get; init; } = true;

    internal Func<IReloader, IReloader>? Reloader { get; init; }

    internal Func<IConfigChecker, IConfigChecker>? Checker { get; init; }

    internal TimeSpan ReloadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal DeployerOptions? Options { get; init; }
}
