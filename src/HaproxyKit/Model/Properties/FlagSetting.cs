namespace HaproxyKit.Model.Properties;

/// <summary>
/// A setting that is said by its line alone, such as <c>daemon</c>, and where there is one, by the opposite.
/// </summary>
internal sealed class FlagSetting(string words, string? opposite) : SectionProperty<bool>(words)
{
    internal override bool Get(Section section) =>
        Find(section) is { } line
        && (opposite is null || section.LastUnconditional(opposite, argument: null, DirectiveModifier.None) is not { } other || other.Line < line.Line);

    internal override bool ValueOf(Directive line) => true;

    internal override void Set(Section section, bool value)
    {
        if (value == Get(section))
        {
            return;
        }

        if (!value)
        {
            section.RemoveUnconditional(Keyword, Word);
        }
        else
        {
            if (opposite is not null)
            {
                section.RemoveUnconditional(opposite, argument: null);
            }

            if (Find(section) is null)
            {
                Add(section);
            }
        }
    }
}
