namespace HaproxyKit.Model.Properties;

/// <summary>All words of a line from a place on, in HAProxy's own language.</summary>
internal sealed class LanguageProperty(int index, string label) : DirectiveProperty<string?>(label)
{
    internal override bool IsLanguage => true;

    internal override string? Get(Directive directive) => DirectiveLanguage.Get(directive, index);

    internal override void Set(Directive directive, string? value)
    {
        if (directive.Arguments.Count < index)
        {
            throw new InvalidOperationException($"The line breaks off before its {Words}.");
        }

        DirectiveLanguage.Set(directive, index, value);
    }
}
