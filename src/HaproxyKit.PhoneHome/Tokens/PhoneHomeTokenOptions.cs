namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>The tokens that the webhook knows, and where more of them are.</summary>
/// <remarks>
/// Both may change while the webhook runs, and count within 5 seconds. A change that cannot be read whole changes
/// nothing: the former tokens stay, and the log says why.
/// </remarks>
public sealed class PhoneHomeTokenOptions
{
    /// <summary>The configuration section, which holds the lists <c>Tokens</c> and <c>TokenFiles</c>.</summary>
    public const string SectionName = "PhoneHome";

    /// <summary>
    /// The tokens. With those of <see cref="TokenFiles"/> there must be at least one when the webhook starts; ids and
    /// secrets differ.
    /// </summary>
    /// <value>Empty.</value>
    public IList<TokenEntry> Tokens { get; } = [];

    /// <summary>
    /// Files and folders with more tokens. A file is JSON, an object with the list <c>tokens</c>, whose members are
    /// those of <see cref="TokenEntry"/>, small and capital letters being the same; it may have comments. Of a folder, as Kubernetes mounts a
    /// secret, each file counts whose name begins with no dot: <c>*.json</c> as above, any other is the bare secret of
    /// the token whose id is the file's name.
    /// </summary>
    /// <value>Empty.</value>
    public IList<string> TokenFiles { get; } = [];
}
