using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>use-server</c> line: which server takes a request, and when (configuration manual, chapter 4.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class UseServer : Directive
{
    internal static readonly DirectiveProperty<string?> ServerProperty = Property.At(0, "server", Codecs.Word);
    internal static readonly DirectiveProperty<string?> ConditionProperty = Property.Condition();

    internal UseServer(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The server's name, or a log format that gives it.</summary>
    public string? Server { get => Get(ServerProperty); set => Set(ServerProperty, value); }

    /// <summary>The condition as written, from <c>if</c> or <c>unless</c> on; null for a line without one.</summary>
    public string? Condition { get => Get(ConditionProperty); set => Set(ConditionProperty, value); }

    internal override int PositionalCount => 1;

    private protected override bool HasCondition => true;
}
