using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>hash-type</c> line: how a hash becomes a server (configuration manual, chapter 4.2).</summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class HashType : Directive
{
    internal static readonly DirectiveProperty<string?> MethodProperty = Property.At(0, "method", Codecs.Word);
    internal static readonly DirectiveProperty<string?> FunctionProperty = Property.At(1, "function", Codecs.Word);
    internal static readonly DirectiveProperty<string?> HashModifierProperty = Property.At(2, "modifier", Codecs.Word);

    internal HashType(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary><c>map-based</c> or <c>consistent</c>.</summary>
    public string? Method { get => Get(MethodProperty); set => Set(MethodProperty, value); }

    /// <summary>
    /// <c>sdbm</c>, <c>djb2</c>, <c>wt6</c>, <c>crc32</c> or <c>none</c>; null for HAProxy's own choice.
    /// </summary>
    public string? Function { get => Get(FunctionProperty); set => Set(FunctionProperty, value); }

    /// <summary><c>avalanche</c>, or null.</summary>
    public string? HashModifier { get => Get(HashModifierProperty); set => Set(HashModifierProperty, value); }

    internal override bool MayEndBefore(int index) => index > 0;
}
