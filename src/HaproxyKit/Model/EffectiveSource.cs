namespace HaproxyKit.Model;

/// <summary>Where a value comes from that counts for a proxy.</summary>
/// <param name="Kind">From the proxy itself, from <c>defaults</c>, or from HAProxy.</param>
/// <param name="Directive">The line that says it, or that takes it away with <c>default</c>; null where none
/// does.</param>
/// <param name="Section">The section in which the line stands; null where no line says it.</param>
public sealed record EffectiveSource(EffectiveSourceKind Kind, Directive? Directive, ProxySection? Section)
{
    internal static EffectiveSource BuiltIn { get; } = new(EffectiveSourceKind.BuiltIn, Directive: null, Section: null);

    /// <summary>The source as a user would name it.</summary>
    /// <returns>For example <c>line 12, defaults base</c>.</returns>
    public override string ToString() =>
        Directive is null ? "built in"
        : $"line {Directive.LineNumber}, {Syntax.SectionKeywords.KeywordOf(Section!.Kind)} {Section.Name}".TrimEnd();
}
