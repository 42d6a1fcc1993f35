using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// An <c>option</c> line, with what it says behind its name (configuration manual, chapter 4.2). Whether an option
/// is on is told by <see cref="OptionSet"/>.
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class ProxyOption : Directive
{
    internal static readonly DirectiveProperty<string?> ParametersProperty = Property.Language(1, "parameters");

    internal ProxyOption(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The words behind the name as written, in HAProxy's own language; null where there are none.</summary>
    public string? Parameters { get => Get(ParametersProperty); set => Set(ParametersProperty, value); }

    /// <summary>The option's name, for example <c>forwardfor</c>; empty where the line breaks off before it.</summary>
    public string Name => Arguments.Count > 0 ? Arguments[0].Value : "";

    /// <summary>True for <c>option</c>, false for <c>no option</c>, null for <c>default option</c>.</summary>
    public bool? IsOn => Modifier switch
    {
        DirectiveModifier.None => true,
        DirectiveModifier.No => false,
        _ => null,
    };
}
