using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>server-template</c> line: several servers whose addresses are found at run time (configuration manual,
/// chapter 4.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class ServerTemplate : ServerLine
{
    internal static readonly DirectiveProperty<string?> PrefixProperty = Property.At(0, "prefix", Codecs.Name);
    internal static readonly DirectiveProperty<string?> RangeProperty = Property.At(1, "range", Codecs.Word);
    internal static readonly DirectiveProperty<Address?> AddressProperty = Property.At(2, "address", Codecs.Address);

    internal ServerTemplate(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>What the names of the servers begin with; their number follows.</summary>
    public string? Prefix { get => Get(PrefixProperty); set => Set(PrefixProperty, value); }

    /// <summary>
    /// How many servers there are, or from which number to which, for example <c>3</c> or <c>4-9</c>.
    /// </summary>
    public string? Range { get => Get(RangeProperty); set => Set(RangeProperty, value); }

    /// <summary>The name, with its port, whose addresses the servers get.</summary>
    public Address? Address { get => Get(AddressProperty); set => Set(AddressProperty, value); }
}
