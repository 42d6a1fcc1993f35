using System.Text;

namespace HaproxyKit.Syntax;

/// <summary>
/// Reads a document as HAProxy does, line by line, with the environment as the lines before have changed it.
/// </summary>
internal static class DocumentExpander
{
    internal static IEnumerable<ExpandedLine> Expand(ConfigDocument document, ConfigEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return Walk(document, environment);
    }

    private static IEnumerable<ExpandedLine> Walk(ConfigDocument document, ConfigEnvironment environment)
    {
        var scope = new VariableScope(environment, 0, document.Path ?? "", []);
        foreach (var section in document.Sections)
        {
            foreach (var line in section.Lines)
            {
                scope = scope with { Line = scope.Line + 1 };
                var words = WordExpander.Expand(line.Bytes.Span, scope);
                if (words.Count == 0)
                {
                    continue;
                }

                var kind = line.Kind;
                if (kind == LineKind.Section)
                {
                    // HAProxy knows a section by whatever its second word is, be it "from".
                    scope = scope with { Section = words.Count > 1 && words[1].Length > 0 ? words[1] : words[0] };
                }
                else if (kind == LineKind.Directive && section.Kind == SectionKind.Global)
                {
                    scope = scope with { Environment = Apply(scope.Environment, words) };
                }

                yield return new ExpandedLine(scope.Line, kind, words);
            }
        }
    }

    /// <summary>What the directives of chapter 3.1 do to the environment.</summary>
    private static ConfigEnvironment Apply(ConfigEnvironment environment, List<byte[]> words)
    {
        if (!words[0].AsSpan().EndsWith("env"u8))
        {
            return environment;
        }

        var texts = words.Select(Encoding.UTF8.GetString).ToArray();
        return texts switch
        {
            ["setenv", var name, var value, ..] => environment.With(name, value),
            ["presetenv", var name, var value, ..] when environment.Get(name) is null => environment.With(name, value),
            ["unsetenv", .. var names] => names.Aggregate(environment, (current, name) => current.Without(name)),
            ["resetenv", .. var names] => environment.Only(names),
            _ => environment,
        };
    }
}
