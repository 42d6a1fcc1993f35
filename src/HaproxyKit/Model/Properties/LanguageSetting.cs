namespace HaproxyKit.Model.Properties;

/// <summary>
/// A setting whose words are HAProxy's own language, such as <c>balance uri depth 3</c>, or a log format.
/// </summary>
internal sealed class LanguageSetting(string words) : SectionProperty<string?>(words)
{
    internal override bool IsLanguage => true;

    internal override string? Get(Section section) => Find(section) is { } line ? ValueOf(line) : null;

    internal override string? ValueOf(Directive line) => DirectiveLanguage.Get(line, Slot);

    internal override void Set(Section section, string? value)
    {
        if (value is null)
        {
            section.RemoveUnconditional(Keyword, Word);
        }
        else if (Find(section) is { } line)
        {
            DirectiveLanguage.Set(line, Slot, value);
        }
        else
        {
            var (text, _) = DirectiveLanguage.RequireWords(value);
            section.AddLine([.. System.Text.Encoding.ASCII.GetBytes(Words), (byte)' ', .. text]);
        }
    }
}
