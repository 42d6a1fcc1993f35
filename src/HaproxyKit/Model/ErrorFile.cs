using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// An <c>errorfile</c> line: what clients get instead of an error of HAProxy (configuration manual, chapters 4.2
/// and 12.4).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class ErrorFile : Directive
{
    internal static readonly DirectiveProperty<int?> StatusProperty = Property.At(0, "status", Codecs.Number(200, 599));
    internal static readonly DirectiveProperty<string?> FileProperty = Property.At(1, "file", Codecs.Word);

    internal ErrorFile(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The status that is replaced.</summary>
    public int? Status { get => Get(StatusProperty); set => Set(StatusProperty, value); }

    /// <summary>The file with the whole answer, or <c>/dev/null</c>.</summary>
    public string? File { get => Get(FileProperty); set => Set(FileProperty, value); }
}
