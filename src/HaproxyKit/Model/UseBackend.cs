using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>use_backend</c> line: which backend takes a request, and when (configuration manual, chapter 4.2).
/// </summary>
public sealed class UseBackend : Directive
{
    internal const string KeywordText = "use_backend";
    internal static readonly DirectiveProperty<string?> BackendProperty = Property.At(0, "backend", Codecs.Word);
    internal static readonly DirectiveProperty<string?> ConditionProperty = Property.Condition();

    internal UseBackend(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// The backend's name, or a log format that gives it; empty where the line breaks off before it.
    /// </summary>
    /// <exception cref="ArgumentException">The new name is null, empty or holds a control character.</exception>
    /// <exception cref="InvalidOperationException">The line breaks off before the name.</exception>
    public string Backend { get => Get(BackendProperty) ?? ""; set => Set(BackendProperty, value); }

    /// <summary>
    /// The condition as written, from <c>if</c> or <c>unless</c> on; empty for a line without one. It is HAProxy's own
    /// language, not a value: never put text from elsewhere into it.
    /// </summary>
    /// <exception cref="ArgumentException">The condition is none that HAProxy can read.</exception>
    public string Condition { get => Get(ConditionProperty) ?? ""; set => Set(ConditionProperty, value is "" ? null : value); }

    internal override int PositionalCount => 1;

    private protected override bool HasCondition => true;
}
