namespace HaproxyKit.Control.Deployment;

/// <summary>How long a <see cref="ConfigFile"/> waits for others.</summary>
public sealed class ConfigFileOptions
{
    /// <summary>How long to wait for a program that has the file open for writing.</summary>
    /// <value>2 seconds.</value>
    public TimeSpan WriterPatience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for another replacement in the same folder, by this or another process.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan LockPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether names are exchanged where the file system can; false only to try what happens where it cannot.
    /// </summary>
    internal bool AllowExchange { get; set; } = true;
}
