using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>timeout</c> line (configuration manual, chapters 2.5 and 4.2).</summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class ProxyTimeout : Directive
{
    internal static readonly DirectiveProperty<TimeSpan?> TimeProperty = Property.At(1, "time", Codecs.Time);

    internal ProxyTimeout(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The time; null where the word is none.</summary>
    public TimeSpan? Time { get => Get(TimeProperty); set => Set(TimeProperty, value); }

    /// <summary>What is limited, for example <c>client</c>; empty where the line breaks off before it.</summary>
    public string Name => Arguments.Count > 0 ? Arguments[0].Value : "";
}
