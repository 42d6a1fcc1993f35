namespace HaproxyKit.Model.Properties;

/// <summary>A setting whose line has one value, such as <c>maxconn 100</c> or <c>stats uri /s</c>.</summary>
internal sealed class ValueSetting<T>(string words, ValueCodec<T> codec) : SectionProperty<T>(words)
{
    internal override T? Get(Section section) => Find(section) is { } line ? ValueOf(line) : default;

    internal override T? ValueOf(Directive line) =>
        line.Arguments is { } words && words.Count > Slot ? codec.Read(words[Slot].Value) : default;

    internal override void Set(Section section, T? value)
    {
        if (value is null)
        {
            section.RemoveUnconditional(Keyword, Word);
            return;
        }

        var text = codec.Write(value);
        var line = Find(section);
        if (line is null)
        {
            Add(section, text);
        }
        else if (line.Arguments.Count == Slot)
        {
            line.Arguments.Add(text);
        }
        else if (!codec.AreSame(value, ValueOf(line)))
        {
            line.Arguments[Slot].Value = text;
        }
    }
}
