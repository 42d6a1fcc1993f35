namespace HaproxyKit.Control.Planning.Steps;

/// <summary>HAProxy must read its configuration anew (management guide, chapter 4).</summary>
/// <param name="Reason">Why the Runtime API does not do.</param>
public sealed record ReloadStep(string Reason) : DeploymentStep
{
    /// <inheritdoc/>
    public override string Description => $"reload: {Reason}";
}
