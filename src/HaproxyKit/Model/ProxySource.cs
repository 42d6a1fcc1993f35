using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>source</c> line: from where connections to servers leave (configuration manual, chapter 4.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class ProxySource : Directive
{
    internal static readonly DirectiveProperty<string?> AddressProperty = Property.At(0, "address", Codecs.Word);
    internal static readonly DirectiveProperty<string?> InterfaceProperty = Property.Named("interface", Codecs.Word);
    internal static readonly DirectiveProperty<string?> UseSourceProperty = Property.Named("usesrc", Codecs.Word);

    internal ProxySource(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The address, with a port or a range where there is one.</summary>
    public string? Address { get => Get(AddressProperty); set => Set(AddressProperty, value); }

    /// <summary>The network interface.</summary>
    public string? Interface { get => Get(InterfaceProperty); set => Set(InterfaceProperty, value); }

    /// <summary>
    /// Whose address is shown to servers: <c>client</c>, <c>clientip</c>, an address, or <c>hdr_ip(NAME)</c>.
    /// </summary>
    public string? UseSource { get => Get(UseSourceProperty); set => Set(UseSourceProperty, value); }

    internal override int PositionalCount => 1;

    internal override bool TakesValue(string word) => word is "interface" or "usesrc";
}
