using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>user</c> line of a <c>userlist</c> (configuration manual, chapter 12.2).</summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class UserlistUser : NamedDirective
{
    internal static readonly DirectiveProperty<string?> PasswordProperty = Property.Named("password", Codecs.Word);
    internal static readonly DirectiveProperty<string?> InsecurePasswordProperty =
        Property.Named("insecure-password", Codecs.Word);
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> GroupsProperty =
        Property.Named("groups", Codecs.CommaList);

    internal UserlistUser(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The hash of the password, as the machine's crypt writes it.</summary>
    public string? Password { get => Get(PasswordProperty); set => Set(PasswordProperty, value); }

    /// <summary>The password in clear.</summary>
    public string? InsecurePassword
    {
        get => Get(InsecurePasswordProperty);
        set => Set(InsecurePasswordProperty, value);
    }

    /// <summary>The groups that the user is in.</summary>
    public IReadOnlyList<string>? Groups { get => Get(GroupsProperty); set => Set(GroupsProperty, value); }

    internal override int PositionalCount => 1;

    internal override bool TakesValue(string word) => word is "password" or "insecure-password" or "groups";
}
