namespace HaproxyKit.Control.Runtime;

/// <summary>The limits of a <see cref="RuntimeClient"/>.</summary>
public sealed class RuntimeClientOptions
{
    /// <summary>How long one exchange may take, from connecting to the end of the answer.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest answer that is read, in bytes; <c>show stat</c> takes about 500 for each server.</summary>
    /// <value>64 MiB.</value>
    public int MaxReplyBytes { get; set; } = 64 * 1024 * 1024;
}
