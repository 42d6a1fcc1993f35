using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>mailer</c> line: a mail server for alerts (configuration manual, chapter 12.3).</summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Mailer : NamedDirective
{
    internal static readonly DirectiveProperty<Address?> AddressProperty = Property.At(1, "address", Codecs.Address);

    internal Mailer(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The mail server.</summary>
    public Address? Address { get => Get(AddressProperty); set => Set(AddressProperty, value); }
}
