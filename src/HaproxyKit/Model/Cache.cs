using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>cache</c> section: answers that HAProxy keeps (configuration manual, chapter 6.2.1).</summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Cache : Section
{
    internal static readonly SectionProperty<TimeSpan?> MaxAgeProperty = Property.Setting("max-age", Codecs.Seconds);
    internal static readonly SectionProperty<long?> MaxObjectSizeProperty =
        Property.Setting("max-object-size", Codecs.Size);
    internal static readonly SectionProperty<int?> MaxSecondaryEntriesProperty =
        Property.Setting("max-secondary-entries", Codecs.Number(1));
    internal static readonly SectionProperty<bool?> ProcessVaryProperty =
        Property.Setting("process-vary", Codecs.OnOff);
    internal static readonly SectionProperty<int?> TotalMaxSizeProperty =
        Property.Setting("total-max-size", Codecs.Number(1, 4095));

    internal Cache(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>How long an answer is kept at most, in whole seconds.</summary>
    public TimeSpan? MaxAge { get => Get(MaxAgeProperty); set => Set(MaxAgeProperty, value); }

    /// <summary>The largest answer that is kept, in bytes.</summary>
    public long? MaxObjectSize { get => Get(MaxObjectSizeProperty); set => Set(MaxObjectSizeProperty, value); }

    /// <summary>How many answers differ by <c>Vary</c> for one key, from 1.</summary>
    public int? MaxSecondaryEntries
    {
        get => Get(MaxSecondaryEntriesProperty);
        set => Set(MaxSecondaryEntriesProperty, value);
    }

    /// <summary>Whether <c>Vary</c> is looked at.</summary>
    public bool? ProcessVary { get => Get(ProcessVaryProperty); set => Set(ProcessVaryProperty, value); }

    /// <summary>The size of the cache in megabytes, 1 to 4095.</summary>
    public int? TotalMaxSize { get => Get(TotalMaxSizeProperty); set => Set(TotalMaxSizeProperty, value); }
}
