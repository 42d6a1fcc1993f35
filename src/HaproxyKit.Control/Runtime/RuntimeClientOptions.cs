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

    /// <summary>
    /// The longest command with its payload that is sent, in bytes. HAProxy up to 3.2 takes what fits its buffer
    /// (<c>tune.bufsize</c>, 16,384 bytes unless set), later ones 128 KiB (<c>tune.cli.max-payload-size</c>). What is longer 2.6
    /// does not even refuse.
    /// </summary>
    /// <value>16,000.</value>
    public int MaxPayloadBytes { get; set; } = 16_000;
}
