using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>ring</c> section: a buffer of messages in memory (configuration manual, chapter 12.5).</summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Ring : Section
{
    internal static readonly SectionProperty<string?> BackingFileProperty =
        Property.Setting("backing-file", Codecs.Word);
    internal static readonly SectionProperty<string?> DescriptionProperty = Property.LanguageSetting("description");
    internal static readonly SectionProperty<string?> FormatProperty = Property.Setting("format", Codecs.Word);
    internal static readonly SectionProperty<int?> MaxLengthProperty = Property.Setting("maxlen", Codecs.Number());
    internal static readonly SectionProperty<long?> SizeProperty = Property.Setting("size", Codecs.Size);

    internal Ring(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The file in which the messages outlive the process.</summary>
    public string? BackingFile { get => Get(BackingFileProperty); set => Set(BackingFileProperty, value); }

    /// <summary>What the ring is for, in HAProxy's own language.</summary>
    public string? Description { get => Get(DescriptionProperty); set => Set(DescriptionProperty, value); }

    /// <summary>How messages are written, for example <c>rfc5424</c> or <c>raw</c>.</summary>
    public string? Format { get => Get(FormatProperty); set => Set(FormatProperty, value); }

    /// <summary>The longest message, in bytes.</summary>
    public int? MaxLength { get => Get(MaxLengthProperty); set => Set(MaxLengthProperty, value); }

    /// <summary>The size of the ring, in bytes.</summary>
    public long? Size { get => Get(SizeProperty); set => Set(SizeProperty, value); }

    /// <summary>Where messages are sent on.</summary>
    public ServerList Servers => new(this);

    /// <summary>The time limits, <c>connect</c> and <c>server</c>.</summary>
    public TimeoutSet Timeouts => new(this);
}
