using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// What counts for a proxy: its own lines, else those of its <c>defaults</c>, else those that these name behind
/// <c>from</c>, else what HAProxy does by itself (configuration manual, chapter 4).
/// </summary>
/// <remarks>
/// The <c>defaults</c> of a proxy are those named behind <c>from</c>, the last of that name before it; without
/// <c>from</c>, the last before it, named or not. Lines of which conditions decide are told apart.
/// </remarks>
public sealed class EffectiveSettings
{
    private readonly ProxySection _proxy;

    internal EffectiveSettings(ProxySection proxy) => _proxy = proxy;

    /// <summary>How a server is chosen, see <see cref="BackendSettings"/>.</summary>
    public Effective<string?> Balance => Of(BackendSettings.BalanceProperty, "roundrobin");

    /// <summary>The backend for all requests that no other rule sends elsewhere.</summary>
    public Effective<string?> DefaultBackend => Of(FrontendSettings.DefaultBackendProperty);

    /// <summary>When a connection to a server is used for another client.</summary>
    public Effective<string?> HttpReuse => Of(BackendSettings.HttpReuseProperty, "safe");

    /// <summary>The format of messages.</summary>
    public Effective<string?> LogFormat => Of(FrontendSettings.LogFormatProperty);

    /// <summary>The tag of messages.</summary>
    public Effective<string?> LogTag => Of(ProxySection.LogTagProperty);

    /// <summary>The most connections at once.</summary>
    public Effective<int?> MaxConnections => Of(FrontendSettings.MaxConnectionsProperty);

    /// <summary>The protocol.</summary>
    public Effective<ProxyMode?> Mode => Of(ProxySection.ModeProperty, ProxyMode.Tcp);

    /// <summary>The path that HAProxy answers itself.</summary>
    public Effective<string?> MonitorUri => Of(FrontendSettings.MonitorUriProperty);

    /// <summary>The options by name; those that nothing mentions are off.</summary>
    public EffectiveOptions Options => new(this);

    /// <summary>How often a connection to a server is tried again.</summary>
    public Effective<int?> Retries => Of(BackendSettings.RetriesProperty, 3);

    /// <summary>What is tried again.</summary>
    public Effective<string?> RetryOn => Of(BackendSettings.RetryOnProperty, "conn-failure");

    /// <summary>The time limits.</summary>
    public EffectiveTimeouts Timeouts => new(this);

    /// <summary>
    /// The last line with a keyword, and where given a first argument, that counts; no line where none does.
    /// </summary>
    /// <param name="keyword">The keyword, for example <c>hash-type</c>.</param>
    /// <param name="argument">The first argument, for example <c>httpchk</c> of <c>option</c>, or null for any.</param>
    /// <returns>The line, as value and in the source.</returns>
    /// <exception cref="ArgumentException">The keyword is empty.</exception>
    public Effective<Directive?> Directive(string keyword, string? argument = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyword);
        return Resolve(keyword, argument, modifier: null, line => line, builtIn: null);
    }

    internal Effective<T?> Of<T>(SectionProperty<T> property, T? builtIn = default) =>
        Resolve(property.Keyword, property.Word, property.Modifier, property.ValueOf, builtIn);

    private Effective<T?> Resolve<T>(string keyword, string? argument, DirectiveModifier? modifier, Func<Directive, T?> valueOf, T? builtIn)
    {
        var conditional = new List<Directive>();
        for (ProxySection? section = _proxy; section is not null; section = section.InheritsFrom)
        {
            var line = section.LastUnconditional(keyword, argument, modifier);
            conditional.InsertRange(0, section.ConditionalLines(keyword, argument, modifier).Where(other => line is null || other.Line > line.Line));
            if (line is not null)
            {
                var kind = ReferenceEquals(section, _proxy) ? EffectiveSourceKind.Own : EffectiveSourceKind.Defaults;
                return new Effective<T?>(valueOf(line) ?? builtIn, new EffectiveSource(kind, line, section), conditional);
            }
        }

        return new Effective<T?>(builtIn, EffectiveSource.BuiltIn, conditional);
    }
}
