using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>redirect</c> line: clients are sent elsewhere (configuration manual, chapter 4.2).</summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Redirect : Directive
{
    internal static readonly DirectiveProperty<int?> CodeProperty = Property.Named("code", Codecs.Number(301, 308));
    internal static readonly DirectiveProperty<string?> ConditionProperty = Property.Condition();
    internal static readonly DirectiveProperty<bool> AppendSlashProperty = Property.Flag("append-slash");
    internal static readonly DirectiveProperty<bool> DropQueryProperty = Property.Flag("drop-query");
    internal static readonly DirectiveProperty<bool> IgnoreEmptyProperty = Property.Flag("ignore-empty");
    internal static readonly DirectiveProperty<bool> KeepQueryProperty = Property.Flag("keep-query");
    internal static readonly DirectiveProperty<string?> SetCookieProperty = Property.Named("set-cookie", Codecs.Word);
    internal static readonly DirectiveProperty<string?> ClearCookieProperty =
        Property.Named("clear-cookie", Codecs.Word);

    internal Redirect(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The status: 301, 302, 303, 307 or 308; null for 302.</summary>
    public int? Code { get => Get(CodeProperty); set => Set(CodeProperty, value); }

    /// <summary>The condition as written, from <c>if</c> or <c>unless</c> on; null for a rule without one.</summary>
    public string? Condition { get => Get(ConditionProperty); set => Set(ConditionProperty, value); }

    /// <summary>Whether a slash is put behind the path.</summary>
    public bool AppendSlash { get => Get(AppendSlashProperty); set => Set(AppendSlashProperty, value); }

    /// <summary>Whether the query is taken off.</summary>
    public bool DropQuery { get => Get(DropQueryProperty); set => Set(DropQueryProperty, value); }

    /// <summary>Whether nothing is done where the target is empty.</summary>
    public bool IgnoreEmpty { get => Get(IgnoreEmptyProperty); set => Set(IgnoreEmptyProperty, value); }

    /// <summary>Whether the query is kept.</summary>
    public bool KeepQuery { get => Get(KeepQueryProperty); set => Set(KeepQueryProperty, value); }

    /// <summary>A cookie that is set, <c>NAME</c> or <c>NAME=value</c>.</summary>
    public string? SetCookie { get => Get(SetCookieProperty); set => Set(SetCookieProperty, value); }

    /// <summary>A cookie that is taken away.</summary>
    public string? ClearCookie { get => Get(ClearCookieProperty); set => Set(ClearCookieProperty, value); }

    /// <summary>How the target is built: <c>location</c>, <c>prefix</c> or <c>scheme</c>; empty where the line breaks
    /// off
    /// before it.</summary>
    public string Kind => Arguments.Count > 0 ? Arguments[0].Value : "";

    /// <summary>The target, a log format in HAProxy's own language; null where the line breaks off before it.</summary>
    public string? Target => Arguments is { Count: > 1 } words ? words[1].Value : null;

    internal override int PositionalCount => 2;

    internal override bool TakesValue(string word) => word is "code" or "set-cookie" or "clear-cookie";

    private protected override bool HasCondition => true;
}
