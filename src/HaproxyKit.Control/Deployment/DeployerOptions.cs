namespace HaproxyKit.Control.Deployment;

/// <summary>How patient a deployer is.</summary>
public sealed class DeployerOptions
{
    /// <summary>How often a change is begun anew because somebody else wrote the file in between.</summary>
    /// <value>The default is 5.</value>
    public int MaxWriteAttempts { get; set; } = 5;

    /// <summary>How often commands are repeated because another worker took over in between.</summary>
    /// <value>The default is 5.</value>
    public int MaxCommandAttempts { get; set; } = 5;

    /// <summary>How long to wait for a reload that somebody else has begun.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan SettleTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
