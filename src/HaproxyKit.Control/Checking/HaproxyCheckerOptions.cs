namespace HaproxyKit.Control.Checking;

/// <summary>The limits of a <see cref="HaproxyChecker"/>.</summary>
public sealed class HaproxyCheckerOptions
{
    /// <summary>
    /// How long HAProxy may take. It reads 7 to 9 MB of configuration a second, and resolves names while it does.
    /// </summary>
    /// <value>60 seconds.</value>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How much of HAProxy's output is kept, in bytes; the rest is read and dropped.</summary>
    /// <value>1 MiB.</value>
    public int MaxOutputBytes { get; set; } = 1024 * 1024;
}
