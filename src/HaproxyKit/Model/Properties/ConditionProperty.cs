namespace HaproxyKit.Model.Properties;

/// <summary>
/// The condition of a line as written, from <c>if</c> or <c>unless</c> to the end (configuration manual, chapter 7.2).
/// </summary>
internal sealed class ConditionProperty() : DirectiveProperty<string?>("condition")
{
    internal override bool IsLanguage => true;

    internal override string? Get(Directive directive) => DirectiveLanguage.Get(directive, directive.ConditionStart());

    internal override void Set(Directive directive, string? value)
    {
        if (value is not null && value.TrimStart(' ', '\t').Split([' ', '\t'], 2)[0] is not ("if" or "unless"))
        {
            throw new ArgumentException("A condition begins with 'if' or 'unless'.", nameof(value));
        }

        DirectiveLanguage.Set(directive, directive.ConditionStart(), value);
    }
}
