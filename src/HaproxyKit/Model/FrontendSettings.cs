using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// What sections with a client side say: <c>frontend</c>, <c>listen</c> and <c>defaults</c> (configuration manual,
/// chapter 4.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the section does not say it; setting that removes its lines. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public static class FrontendSettings
{
    internal static readonly SectionProperty<int?> BacklogProperty = Property.Setting("backlog", Codecs.Number());
    internal static readonly SectionProperty<string?> DefaultBackendProperty =
        Property.Setting("default_backend", Codecs.Word);
    internal static readonly SectionProperty<string?> ErrorLogFormatProperty =
        Property.LanguageSetting("error-log-format");
    internal static readonly SectionProperty<string?> LogFormatProperty = Property.LanguageSetting("log-format");
    internal static readonly SectionProperty<string?> LogFormatStructuredDataProperty =
        Property.LanguageSetting("log-format-sd");
    internal static readonly SectionProperty<int?> MaxConnectionsProperty =
        Property.Setting("maxconn", Codecs.Number());
    internal static readonly SectionProperty<string?> MonitorUriProperty = Property.Setting("monitor-uri", Codecs.Word);
    internal static readonly SectionProperty<int?> RateLimitProperty =
        Property.Setting("rate-limit sessions", Codecs.Number());
    internal static readonly SectionProperty<string?> UniqueIdFormatProperty =
        Property.LanguageSetting("unique-id-format");
    internal static readonly SectionProperty<string?> UniqueIdHeaderProperty =
        Property.Setting("unique-id-header", Codecs.Word);

    /// <param name="section">The section.</param>
    extension(IFrontendSide section)
    {
        /// <summary>How many connections may wait to be accepted.</summary>
        public int? Backlog
        {
            get => ((Section)section).Get(BacklogProperty);
            set => ((Section)section).Set(BacklogProperty, value);
        }

        /// <summary>
        /// The backend for all requests that no other rule sends elsewhere; a name, or a log format that gives one.
        /// </summary>
        public string? DefaultBackend
        {
            get => ((Section)section).Get(DefaultBackendProperty);
            set => ((Section)section).Set(DefaultBackendProperty, value);
        }

        /// <summary>
        /// The format of messages about failed connections: a log format in HAProxy's own language.
        /// </summary>
        public string? ErrorLogFormat
        {
            get => ((Section)section).Get(ErrorLogFormatProperty);
            set => ((Section)section).Set(ErrorLogFormatProperty, value);
        }

        /// <summary>The format of messages: a log format in HAProxy's own language.</summary>
        public string? LogFormat
        {
            get => ((Section)section).Get(LogFormatProperty);
            set => ((Section)section).Set(LogFormatProperty, value);
        }

        /// <summary>The structured data of messages (RFC 5424): a log format in HAProxy's own language.</summary>
        public string? LogFormatStructuredData
        {
            get => ((Section)section).Get(LogFormatStructuredDataProperty);
            set => ((Section)section).Set(LogFormatStructuredDataProperty, value);
        }

        /// <summary>The most connections at once; 0 is for HAProxy's own choice.</summary>
        public int? MaxConnections
        {
            get => ((Section)section).Get(MaxConnectionsProperty);
            set => ((Section)section).Set(MaxConnectionsProperty, value);
        }

        /// <summary>The path that HAProxy answers itself, for other machines' checks.</summary>
        public string? MonitorUri
        {
            get => ((Section)section).Get(MonitorUriProperty);
            set => ((Section)section).Set(MonitorUriProperty, value);
        }

        /// <summary>The most new sessions each second; 0 is without a limit.</summary>
        public int? RateLimit
        {
            get => ((Section)section).Get(RateLimitProperty);
            set => ((Section)section).Set(RateLimitProperty, value);
        }

        /// <summary>The identity that each request gets: a log format in HAProxy's own language.</summary>
        public string? UniqueIdFormat
        {
            get => ((Section)section).Get(UniqueIdFormatProperty);
            set => ((Section)section).Set(UniqueIdFormatProperty, value);
        }

        /// <summary>The header in which the identity is sent on.</summary>
        public string? UniqueIdHeader
        {
            get => ((Section)section).Get(UniqueIdHeaderProperty);
            set => ((Section)section).Set(UniqueIdHeaderProperty, value);
        }
    }
}
