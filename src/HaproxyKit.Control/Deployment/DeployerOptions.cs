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

    /// <summary>
    /// The time from the beginning of one reload of ours to that of the next, at least. The first after a quiet time begins at once, and all
    /// changes that need one meanwhile share the next.
    /// </summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after the first change that HAProxy was not asked about before, because it only moved servers of managed sections, HAProxy
    /// checks the file, once for all of them. Where changes go on, the next check begins four times as long after the last one as that took, or
    /// after this, whichever is longer.
    /// </summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan CheckDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether a reload for our changes may make live what somebody else has saved in other sections, and has not had loaded yet. Where it may
    /// not, a change that needs a reload is refused meanwhile, and changes at run time go on.
    /// </summary>
    /// <value>The default is true: such lines are only told of (HK7023).</value>
    public bool AppliesForeignLines { get; set; } = true;

    /// <summary>How long to wait for a reload that somebody else has begun.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan SettleTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
