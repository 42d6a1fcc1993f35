namespace HaproxyKit.Control.Checking;

/// <summary>How patient a checker is.</summary>
public sealed class HaproxyCheckerOptions
{
    /// <summary>The longest time that a check may take; HAProxy waits for the name service where servers have names.</summary>
    /// <value>The default is 60 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);
}
