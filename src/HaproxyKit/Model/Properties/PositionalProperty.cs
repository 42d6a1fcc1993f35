namespace HaproxyKit.Model.Properties;

/// <summary>A value at a fixed place behind the keyword.</summary>
internal sealed class PositionalProperty<T>(int index, string label, ValueCodec<T> codec) : DirectiveProperty<T>(label)
{
    internal override T? Get(Directive directive)
    {
        var arguments = directive.Arguments;
        return arguments.Count > index ? codec.Read(arguments[index].Value) : default;
    }

    internal override void Set(Directive directive, T? value)
    {
        var text = value is null ? null : codec.Write(value);
        var (arguments, count) = (directive.Arguments, directive.Arguments.Count);
        if (count < index || (count == index && !directive.MayEndBefore(index)))
        {
            throw new InvalidOperationException($"The line breaks off before its {Words}.");
        }

        if (text is not null && count == index)
        {
            arguments.Add(text);
        }
        else if (text is not null)
        {
            if (!codec.AreSame(value, Get(directive)))
            {
                arguments[index].Value = text;
            }
        }
        else if (count == index + 1 && directive.MayEndBefore(index))
        {
            arguments.RemoveAt(index);
        }
        else if (count > index)
        {
            throw new ArgumentNullException(nameof(value), $"The line needs its {Words}.");
        }
    }
}
