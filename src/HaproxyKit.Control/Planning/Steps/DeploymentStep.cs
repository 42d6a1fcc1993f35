namespace HaproxyKit.Control.Planning.Steps;

/// <summary>One thing that has to be done for HAProxy to follow a configuration: a Runtime API command, or a reload and why.</summary>
public abstract record DeploymentStep
{
    private protected DeploymentStep()
    {
    }

    /// <summary>What is done, in words a person understands.</summary>
    public abstract string Description { get; }

    /// <summary>The same as <see cref="Description"/>.</summary>
    /// <returns>What is done.</returns>
    public sealed override string ToString() => Description;
}
