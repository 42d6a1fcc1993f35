using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>group</c> line of a <c>userlist</c> (configuration manual, chapter 12.2).</summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class UserlistGroup : NamedDirective
{
    internal static readonly DirectiveProperty<IReadOnlyList<string>?> UsersProperty =
        Property.Named("users", Codecs.CommaList);

    internal UserlistGroup(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The users who are in it.</summary>
    public IReadOnlyList<string>? Users { get => Get(UsersProperty); set => Set(UsersProperty, value); }

    internal override int PositionalCount => 1;

    internal override bool TakesValue(string word) => word == "users";
}
