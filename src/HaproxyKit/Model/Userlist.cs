namespace HaproxyKit.Model;

/// <summary>A <c>userlist</c> section: users, groups and passwords (configuration manual, chapter 12.2).</summary>
public sealed class Userlist : Section
{
    internal Userlist(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The <c>user</c> lines.</summary>
    public NamedDirectiveList<UserlistUser> Users => new(this, "user");

    /// <summary>The <c>group</c> lines.</summary>
    public NamedDirectiveList<UserlistGroup> Groups => new(this, "group");

    /// <summary>Adds a user.</summary>
    /// <param name="name">The user's name.</param>
    /// <param name="passwordHash">The hash of the password, as the machine's crypt writes it.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, there is such a user, or the hash is empty
    /// or
    /// holds a control character.</exception>
    public UserlistUser User(string name, string passwordHash) => Users.Add(name, "password", passwordHash);

    /// <summary>Adds a group.</summary>
    /// <param name="name">The group's name.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, or there is such a group.</exception>
    public UserlistGroup Group(string name) => Groups.Add(name);
}
