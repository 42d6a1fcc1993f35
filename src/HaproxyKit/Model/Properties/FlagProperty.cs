namespace HaproxyKit.Model.Properties;

/// <summary>
/// A word that is there or not, such as <c>check</c>, and where there is one, the word that says the opposite.
/// </summary>
internal sealed class FlagProperty(string word, string? opposite) : DirectiveProperty<bool>(word)
{
    internal override bool Get(Directive directive)
    {
        var arguments = directive.Arguments;
        return arguments.LastIndexOf(Words) is var at && at >= 0 && (opposite is null || arguments.LastIndexOf(opposite) < at);
    }

    internal override void Set(Directive directive, bool value)
    {
        var arguments = directive.Arguments;
        if (value == Get(directive))
        {
            return;
        }

        if (!value)
        {
            while (arguments.Remove(Words))
            {
                // A word said twice is taken out twice.
            }
        }
        else
        {
            while (opposite is not null && arguments.Remove(opposite))
            {
                // What stood there said the opposite.
            }

            if (arguments.LastIndexOf(Words) < 0)
            {
                directive.AddNamed(Words);
            }
        }
    }
}
