using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// An <c>on</c> line of a <c>log-profile</c>: how messages of one step are written, from 3.1 on (configuration
/// manual, chapter 8.3.5).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class LogStep : Directive
{
    internal static readonly DirectiveProperty<string?> StepProperty = Property.At(0, "step", Codecs.Word);
    internal static readonly DirectiveProperty<bool> DropProperty = Property.Flag("drop");
    internal static readonly DirectiveProperty<string?> FormatProperty = Property.Named("format", Codecs.Word);
    internal static readonly DirectiveProperty<string?> StructuredDataProperty = Property.Named("sd", Codecs.Word);

    internal LogStep(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The step, for example <c>accept</c>, <c>request</c>, <c>close</c>, <c>any</c>.</summary>
    public string? Step { get => Get(StepProperty); set => Set(StepProperty, value); }

    /// <summary>Whether nothing is logged at this step.</summary>
    public bool Drop { get => Get(DropProperty); set => Set(DropProperty, value); }

    /// <summary>The log format, in HAProxy's own language.</summary>
    public string? Format { get => Get(FormatProperty); set => Set(FormatProperty, value); }

    /// <summary>The log format of structured data (RFC 5424), in HAProxy's own language.</summary>
    public string? StructuredData { get => Get(StructuredDataProperty); set => Set(StructuredDataProperty, value); }

    internal override int PositionalCount => 1;

    internal override bool TakesValue(string word) => word is "format" or "sd";
}
