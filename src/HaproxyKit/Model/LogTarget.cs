using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>log</c> line: where messages go, and which (configuration manual, chapters 3.1, 4.2 and 8).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class LogTarget : Directive
{
    internal static readonly DirectiveProperty<string?> TargetProperty = Property.At(0, "target", Codecs.Word);
    internal static readonly DirectiveProperty<string?> FormatProperty = Property.Named("format", Codecs.Word);
    internal static readonly DirectiveProperty<int?> LengthProperty = Property.Named("len", Codecs.Number(80, 65535));
    internal static readonly DirectiveProperty<string?> ProfileProperty = Property.Named("profile", Codecs.Name);
    internal static readonly DirectiveProperty<string?> SampleProperty = Property.Named("sample", Codecs.Word);

    internal LogTarget(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// The address of the log server, <c>stdout</c>, <c>ring@NAME</c>, or <c>global</c> for those of <c>global</c>.
    /// </summary>
    public string? Target { get => Get(TargetProperty); set => Set(TargetProperty, value); }

    /// <summary>How messages are written, for example <c>rfc5424</c> or <c>raw</c>.</summary>
    public string? Format { get => Get(FormatProperty); set => Set(FormatProperty, value); }

    /// <summary>The longest message in bytes, 80 to 65535.</summary>
    public int? Length { get => Get(LengthProperty); set => Set(LengthProperty, value); }

    /// <summary>The name of the <c>log-profile</c>, from 3.1 on.</summary>
    public string? Profile { get => Get(ProfileProperty); set => Set(ProfileProperty, value); }

    /// <summary>Which messages are sent, for example <c>1,3:5</c>.</summary>
    public string? Sample { get => Get(SampleProperty); set => Set(SampleProperty, value); }

    /// <summary>The facility, for example <c>local0</c>; null where the line names none.</summary>
    /// <exception cref="ArgumentException">The new value is empty or holds a control character, or is null although a
    /// level follows.</exception>
    public string? Facility
    {
        get => Behind(0);
        set => SetBehind(0, value);
    }

    /// <summary>The level from which messages are sent, for example <c>notice</c>; null for all.</summary>
    /// <exception cref="ArgumentException">The new value is empty or holds a control character, or is null although
    /// another level follows.</exception>
    /// <exception cref="InvalidOperationException">The line has no facility.</exception>
    public string? Level
    {
        get => Behind(1);
        set => SetBehind(1, value);
    }

    /// <summary>The level up to which messages keep theirs: more urgent ones are sent as this.</summary>
    /// <exception cref="ArgumentException">The new value is empty or holds a control character.</exception>
    /// <exception cref="InvalidOperationException">The line has no level.</exception>
    public string? MinimumLevel
    {
        get => Behind(2);
        set => SetBehind(2, value);
    }

    internal override int PositionalCount => 1;

    internal override bool TakesValue(string word) => word is "format" or "len" or "profile" or "sample";

    /// <summary>The place of the facility: behind the target and the named words with their values.</summary>
    private int FacilityAt
    {
        get
        {
            var (index, count) = (1, Arguments.Count);
            while (index + 1 < count && TakesValue(Arguments[index].Value))
            {
                index += 2;
            }

            return index;
        }
    }

    internal override void AddNamed(params ReadOnlySpan<string> words) => Arguments.Insert(FacilityAt, words);

    private string? Behind(int offset) =>
        FacilityAt + offset is var at && at < Arguments.Count ? Arguments[at].Value : null;

    private void SetBehind(int offset, string? value)
    {
        var (at, count) = (FacilityAt + offset, Arguments.Count);
        if (value is not null && at > count)
        {
            throw new InvalidOperationException("The line breaks off before the place of this value.");
        }

        if (value is not null && TakesValue(value))
        {
            throw new ArgumentException($"'{value}' is neither a facility nor a level.", nameof(value));
        }

        if (value is null && at < count - 1)
        {
            throw new ArgumentNullException(nameof(value), "Another value follows, which would take this one's place.");
        }

        if (value is not null && at == count)
        {
            Arguments.Add(value);
        }
        else if (value is not null)
        {
            Arguments[at].Value = value;
        }
        else if (at < count)
        {
            Arguments.RemoveAt(at);
        }
    }
}
