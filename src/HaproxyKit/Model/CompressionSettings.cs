using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>What a proxy says about compression (configuration manual, chapter 4.2, <c>compression</c>).</summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class CompressionSettings
{
    internal static readonly SectionProperty<string?> AlgorithmsProperty = Property.LanguageSetting("compression algo");
    internal static readonly SectionProperty<string?> DirectionProperty =
        Property.Setting("compression direction", Codecs.Word);
    internal static readonly SectionProperty<long?> MinimumSizeOfAnswersProperty =
        Property.Setting("compression minsize-res", Codecs.Size);
    internal static readonly SectionProperty<bool> OffloadProperty = Property.FlagSetting("compression offload");
    internal static readonly SectionProperty<string?> RequestAlgorithmProperty =
        Property.Setting("compression algo-req", Codecs.Word);
    internal static readonly SectionProperty<string?> ResponseAlgorithmsProperty =
        Property.LanguageSetting("compression algo-res");
    internal static readonly SectionProperty<string?> TypesProperty = Property.LanguageSetting("compression type");

    private readonly Section _section;

    internal CompressionSettings(Section section) => _section = section;

    /// <summary>The algorithms for answers, for example <c>gzip deflate</c>.</summary>
    public string? Algorithms
    {
        get => _section.Get(AlgorithmsProperty);
        set => _section.Set(AlgorithmsProperty, value);
    }

    /// <summary>What is compressed: <c>request</c>, <c>response</c> or <c>both</c>, from 2.9 on.</summary>
    public string? Direction { get => _section.Get(DirectionProperty); set => _section.Set(DirectionProperty, value); }

    /// <summary>The smallest answer that is compressed, in bytes, from 3.2 on.</summary>
    public long? MinimumSizeOfAnswers
    {
        get => _section.Get(MinimumSizeOfAnswersProperty);
        set => _section.Set(MinimumSizeOfAnswersProperty, value);
    }

    /// <summary>Whether servers are kept from compressing.</summary>
    public bool Offload { get => _section.Get(OffloadProperty); set => _section.Set(OffloadProperty, value); }

    /// <summary>The algorithm for requests, from 2.9 on.</summary>
    public string? RequestAlgorithm
    {
        get => _section.Get(RequestAlgorithmProperty);
        set => _section.Set(RequestAlgorithmProperty, value);
    }

    /// <summary>The algorithms for answers, from 2.9 on.</summary>
    public string? ResponseAlgorithms
    {
        get => _section.Get(ResponseAlgorithmsProperty);
        set => _section.Set(ResponseAlgorithmsProperty, value);
    }

    /// <summary>The media types of answers, for example <c>text/html text/css</c>.</summary>
    public string? Types { get => _section.Get(TypesProperty); set => _section.Set(TypesProperty, value); }
}
