namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>The tokens that the webhook knows, and where more of them are.</summary>
/// <remarks>
/// <para>
/// Both may change while the webhook runs, and count within 5 seconds. When it starts all must be usable. Later <see cref="Tokens"/> as a whole and
/// each file are judged for themselves, and none holds another up: a file that is gone, or that is named no more, is revoked; what is broken keeps
/// what it said before, with an alarm and a line in the log. So does a file or folder that cannot be seen since its folder, or what was mounted into it,
/// is away. To revoke a token, delete its file or its entry; what is not deleted, but broken, goes on.
/// </para>
/// <para>
/// A folder that is there and empty means that all of it were revoked, even where no token is left at all: then nobody can call, there is an alarm, and
/// as without tokens the webhook would not start again.
/// </para>
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
