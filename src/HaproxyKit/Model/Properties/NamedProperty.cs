namespace HaproxyKit.Model.Properties;

/// <summary>A value behind a named word, such as <c>weight 10</c>. HAProxy takes the last one.</summary>
internal sealed class NamedProperty<T>(string word, ValueCodec<T> codec) : DirectiveProperty<T>(word)
{
    internal override T? Get(Directive directive)
    {
        var arguments = directive.Arguments;
        return arguments.LastIndexOf(Words) is var at && at >= 0 && at + 1 < arguments.Count ? codec.Read(arguments[at + 1].Value) : default;
    }

    internal override void Set(Directive directive, T? value)
    {
        var arguments = directive.Arguments;
        if (value is null)
        {
            while (arguments.Remove(Words))
            {
                // A word said twice is taken out twice.
            }

            return;
        }

        var text = codec.Write(value);
        var at = arguments.LastIndexOf(Words);
        if (at < 0)
        {
            directive.AddNamed(Words, text);
        }
        else if (at + 1 == arguments.Count)
        {
            arguments.Add(text);
        }
        else if (!codec.AreSame(value, codec.Read(arguments[at + 1].Value)))
        {
            arguments[at + 1].Value = text;
        }
    }
}
