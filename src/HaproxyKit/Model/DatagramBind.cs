using HaproxyKit.Catalog;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>dgram-bind</c> line in <c>log-forward</c>: where log messages arrive by UDP (configuration manual, chapter
/// 12.6).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class DatagramBind : BindLine
{
    internal static readonly DirectiveProperty<string?> AddressProperty = Property.At(0, "address", Codecs.Word);

    internal DatagramBind(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The addresses, with commas between them.</summary>
    public string? Address { get => Get(AddressProperty); set => Set(AddressProperty, value); }

    internal override int PositionalCount => 1;

    internal override bool TakesValue(string word) => WordArity.TakesValue(Bind.KeywordText, word);
}
