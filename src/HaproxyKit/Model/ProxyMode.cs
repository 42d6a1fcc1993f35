namespace HaproxyKit.Model;

/// <summary>
/// The protocol of a proxy (configuration manual, chapter 4.2, <c>mode</c>). Modes of newer versions are kept as they
/// are.
/// </summary>
/// <param name="Name">The word behind <c>mode</c>.</param>
public readonly record struct ProxyMode(string Name)
{
    /// <summary>Plain connections.</summary>
    public static ProxyMode Tcp { get; } = new("tcp");

    /// <summary>HTTP.</summary>
    public static ProxyMode Http { get; } = new("http");

    /// <summary>Log messages, from 2.9 on.</summary>
    public static ProxyMode Log { get; } = new("log");

    /// <summary>The word behind <c>mode</c>.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
