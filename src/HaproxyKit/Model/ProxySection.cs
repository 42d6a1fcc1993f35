using System.Text;
using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// What <c>defaults</c>, <c>frontend</c>, <c>backend</c> and <c>listen</c> have in common (configuration manual,
/// chapter 4).
/// </summary>
public abstract class ProxySection : Section
{
    internal static readonly SectionProperty<ProxyMode?> ModeProperty = Property.Setting("mode", new ValueCodec<ProxyMode?>(
        text => new ProxyMode(text),
        value => value!.Value.Name ?? throw new ArgumentException("The mode has no name.", nameof(value))));

    internal static readonly SectionProperty<string?> DescriptionProperty = Property.LanguageSetting("description");
    internal static readonly SectionProperty<bool> DisabledProperty = Property.FlagSetting("disabled", "enabled");
    internal static readonly SectionProperty<int?> IdProperty = Property.Setting("id", Codecs.Number(1));
    internal static readonly SectionProperty<string?> LogTagProperty = Property.Setting("log-tag", Codecs.Word);

    private protected ProxySection(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The protocol, or null where the section says none. Setting null removes the lines.</summary>
    /// <exception cref="ArgumentException">The new mode is empty or holds a control character.</exception>
    public ProxyMode? Mode { get => Get(ModeProperty); set => Set(ModeProperty, value); }

    /// <summary>What the proxy is for, in HAProxy's own language; null where the section says nothing.</summary>
    /// <exception cref="ArgumentException">HAProxy could not read the words.</exception>
    public string? Description { get => Get(DescriptionProperty); set => Set(DescriptionProperty, value); }

    /// <summary>Whether the proxy is switched off: the last of <c>disabled</c> and <c>enabled</c>.</summary>
    public bool Disabled { get => Get(DisabledProperty); set => Set(DisabledProperty, value); }

    /// <summary>The number of the proxy in statistics, from 1; null where the section says none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The new number is less than 1.</exception>
    public int? Id { get => Get(IdProperty); set => Set(IdProperty, value); }

    /// <summary>The tag of messages; null where the section says none.</summary>
    /// <exception cref="ArgumentException">The new tag is empty or holds a control character.</exception>
    public string? LogTag { get => Get(LogTagProperty); set => Set(LogTagProperty, value); }

    /// <summary>Where messages go.</summary>
    public RuleList<LogTarget> Logs => new(this, "log");

    /// <summary>The acls.</summary>
    public NamedDirectiveList<Acl> Acls => new(this, "acl");

    /// <summary>What is done with requests, in order.</summary>
    public RuleList<Rule> HttpRequests => new(this, "http-request");

    /// <summary>What is done with answers, in order.</summary>
    public RuleList<Rule> HttpResponses => new(this, "http-response");

    /// <summary>What is done with all answers, HAProxy's own too, in order.</summary>
    public RuleList<Rule> HttpAfterResponses => new(this, "http-after-response");

    /// <summary>What is done with connections, sessions and their content, in order.</summary>
    public RuleList<Rule> TcpRequests => new(this, "tcp-request");

    /// <summary>What is done with the content of answers, in order.</summary>
    public RuleList<Rule> TcpResponses => new(this, "tcp-response");

    /// <summary>The redirects, in order.</summary>
    public RuleList<Redirect> Redirects => new(this, "redirect");

    /// <summary>What looks at, or changes, all traffic, in order.</summary>
    public RuleList<Filter> Filters => new(this, "filter");

    /// <summary>What is kept for logs, in order.</summary>
    public RuleList<Capture> Captures => new(this, "capture");

    /// <summary>The files in place of HAProxy's errors.</summary>
    public RuleList<ErrorFile> ErrorFiles => new(this, "errorfile");

    /// <summary>The answers in place of HAProxy's errors.</summary>
    public RuleList<HttpError> HttpErrors => new(this, "http-error");

    /// <summary>The page of statistics.</summary>
    public StatsSettings Stats => new(this);

    /// <summary>The mails when servers change their state.</summary>
    public EmailAlertSettings EmailAlerts => new(this);

    /// <summary>The compression.</summary>
    public CompressionSettings Compression => new(this);

    /// <summary>The options by name.</summary>
    public OptionSet Options => new(this);

    /// <summary>The time limits.</summary>
    public TimeoutSet Timeouts => new(this);

    /// <summary>
    /// The <c>defaults</c> section named behind <c>from</c>, or null where the header names none. Setting it changes
    /// the header alone; setting
    /// null takes <c>from</c> and the name away.
    /// </summary>
    /// <exception cref="ArgumentException">HAProxy does not take the new name.</exception>
    /// <exception cref="InvalidOperationException">HAProxy cannot read the header, or the section was
    /// removed.</exception>
    public string? From
    {
        get => FromWord is var from && from > 0 ? HeaderWord(from + 1) : null;
        set
        {
            if (value == From)
            {
                return;
            }

            var header = Syntax.LineSpan(Syntax.HeaderLine);
            var from = FromWord;
            if (value is null)
            {
                RewriteHeader(LineEditor.RemoveWords(header, from, 2));
                return;
            }

            var name = Encoding.ASCII.GetBytes(NameRules.Require(value, nameof(value)));
            RewriteHeader(
                from < 0 ? LineEditor.InsertWords(header, Name.Length > 0 ? 2 : 1, "from"u8.ToArray(), name)
                : HeaderWord(from + 1) is null ? LineEditor.InsertWords(header, from + 1, name)
                : LineEditor.ReplaceWord(header, from + 1, name));
        }
    }

    /// <summary>What counts for the proxy, with what <c>defaults</c> give it, and where it comes from.</summary>
    public EffectiveSettings Effective => new(this);

    /// <summary>
    /// The <c>defaults</c> section whose settings count where this section says nothing: the last one before it of the
    /// name behind <c>from</c>; without <c>from</c>, for a proxy, the last one before it. Null where there is none.
    /// </summary>
    public Defaults? InheritsFrom =>
        From is { } from ? Config.DefaultsBefore(Ordinal, from) : this is Defaults ? null : Config.DefaultsBefore(Ordinal, name: null);

    /// <summary>
    /// Where <c>from</c> stands in the header: behind the name, or where <c>defaults</c> has none; else -1.
    /// </summary>
    private int FromWord =>
        Kind == SectionKind.Defaults && HeaderWord(1) == "from" ? 1
        : HeaderWord(2) == "from" ? 2
        : -1;

    private protected Bind AddBind(string address) => new BindList(this).Add(Address.Parse(address));
}
