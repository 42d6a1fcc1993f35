using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>nameserver</c> line in <c>resolvers</c> (configuration manual, chapter 5.3.2).</summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Nameserver : NamedDirective
{
    internal static readonly DirectiveProperty<Address?> AddressProperty = Property.At(1, "address", Codecs.Address);

    internal Nameserver(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The name server; UDP, or with <c>tcp@</c> before it TCP.</summary>
    public Address? Address { get => Get(AddressProperty); set => Set(AddressProperty, value); }
}
