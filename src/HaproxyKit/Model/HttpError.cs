using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// An <c>http-error</c> line: the answer in place of an error of HAProxy (configuration manual, chapter 4.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class HttpError : Directive
{
    internal static readonly DirectiveProperty<int?> StatusProperty = Property.Named("status", Codecs.Number(200, 599));
    internal static readonly DirectiveProperty<string?> ContentTypeProperty =
        Property.Named("content-type", Codecs.Word);
    internal static readonly DirectiveProperty<bool> DefaultErrorFilesProperty = Property.Flag("default-errorfiles");
    internal static readonly DirectiveProperty<string?> ErrorFileProperty = Property.Named("errorfile", Codecs.Word);
    internal static readonly DirectiveProperty<string?> ErrorFilesProperty = Property.Named("errorfiles", Codecs.Name);
    internal static readonly DirectiveProperty<string?> FileProperty = Property.Named("file", Codecs.Word);
    internal static readonly DirectiveProperty<string?> LogFormatFileProperty = Property.Named("lf-file", Codecs.Word);
    internal static readonly DirectiveProperty<string?> LogFormatTextProperty =
        Property.Named("lf-string", Codecs.Word);
    internal static readonly DirectiveProperty<string?> BodyProperty = Property.Named("string", Codecs.Word);

    internal HttpError(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The status that is replaced.</summary>
    public int? Status { get => Get(StatusProperty); set => Set(StatusProperty, value); }

    /// <summary>The media type of the body.</summary>
    public string? ContentType { get => Get(ContentTypeProperty); set => Set(ContentTypeProperty, value); }

    /// <summary>Whether the section's own error files are used.</summary>
    public bool DefaultErrorFiles
    {
        get => Get(DefaultErrorFilesProperty);
        set => Set(DefaultErrorFilesProperty, value);
    }

    /// <summary>The file with the whole answer.</summary>
    public string? ErrorFile { get => Get(ErrorFileProperty); set => Set(ErrorFileProperty, value); }

    /// <summary>The name of the <c>http-errors</c> section that has the answer.</summary>
    public string? ErrorFiles { get => Get(ErrorFilesProperty); set => Set(ErrorFilesProperty, value); }

    /// <summary>The file with the body.</summary>
    public string? File { get => Get(FileProperty); set => Set(FileProperty, value); }

    /// <summary>The file with the body, read as a log format.</summary>
    public string? LogFormatFile { get => Get(LogFormatFileProperty); set => Set(LogFormatFileProperty, value); }

    /// <summary>The body as a log format, in HAProxy's own language.</summary>
    public string? LogFormatText { get => Get(LogFormatTextProperty); set => Set(LogFormatTextProperty, value); }

    /// <summary>The body, sent as it is.</summary>
    public string? Body { get => Get(BodyProperty); set => Set(BodyProperty, value); }

    internal override int PositionalCount => 0;

    internal override bool TakesValue(string word) =>
        word is "status" or "content-type" or "errorfile" or "errorfiles" or "file" or "lf-file" or "lf-string" or "string" or "hdr";
}
