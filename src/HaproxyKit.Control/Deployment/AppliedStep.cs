using HaproxyKit.Control.Planning.Steps;

namespace HaproxyKit.Control.Deployment;

/// <summary>A step that was taken, and what HAProxy said to it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Duration">How long HAProxy took to answer.</param>
/// <param name="Message">HAProxy's own words; empty where it said nothing, as it mostly does.</param>
public sealed record AppliedStep(DeploymentStep Step, TimeSpan Duration, string Message);
