using HaproxyKit.Control.Deployment;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>A change, and whether a configuration has it.</summary>
internal sealed record FaultChange(DeploymentRequest Request, Func<string, bool> IsIn);
