using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>filter</c> line: what looks at, or changes, all traffic of a proxy (configuration manual, chapter 9).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Filter : Directive
{
    internal static readonly DirectiveProperty<string?> ParametersProperty = Property.Language(1, "parameters");

    internal Filter(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The words behind the name as written, in HAProxy's own language; null where there are none.</summary>
    public string? Parameters { get => Get(ParametersProperty); set => Set(ParametersProperty, value); }

    /// <summary>The filter's name, for example <c>compression</c>, <c>cache</c>, <c>spoe</c>; empty where the line
    /// breaks off
    /// before it.</summary>
    public string Name => Arguments.Count > 0 ? Arguments[0].Value : "";
}
