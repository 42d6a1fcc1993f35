namespace HaproxyKit.Model.Properties;

/// <summary>
/// A setting that <c>no</c> turns off: true for <c>busy-polling</c>, false for <c>no busy-polling</c>, null where no
/// line says it or one says <c>default</c>.
/// </summary>
internal sealed class SwitchSetting(string words) : SectionProperty<bool?>(words)
{
    internal override DirectiveModifier? Modifier => null;

    internal override bool? Get(Section section) => Find(section) is { } line ? ValueOf(line) : null;

    internal override bool? ValueOf(Directive line) => line.Modifier switch
    {
        DirectiveModifier.None => true,
        DirectiveModifier.No => false,
        _ => null,
    };

    internal override void Set(Section section, bool? value)
    {
        if (value == Get(section))
        {
            return;
        }

        if (value is not { } isOn)
        {
            section.RemoveUnconditional(Keyword, Word);
            return;
        }

        var line = Find(section) ?? Add(section);
        line.Modifier = isOn ? DirectiveModifier.None : DirectiveModifier.No;
    }
}
