using System.Text;

namespace HaproxyKit.Syntax;

/// <summary>Reads a document as HAProxy does, line by line, with the environment as the lines before have changed it.</summary>
internal static class DocumentExpander
{
    internal static IEnumerable<ExpandedLine> Expand(ConfigDocument document, ConfigEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return Walk(document, environment);
    }

    private static IEnumerable<ExpandedLine> Walk(ConfigDocument document, ConfigEnvironment environment)
    {
        var number = 0;
        foreach (var section in document.Sections)
        {
            var here = section.Kind == SectionKind.None ? "" : $"{SectionKeywords.KeywordOf(section.Kind)} {section.Name}".TrimEnd();
            foreach (var line in section.Lines)
            {
                number++;
                var words = line.Expand(environment
                    .With(".LINE", number.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    .With(".FILE", document.Path ?? "")
                    .With(".SECTION", here));
                if (words.Count == 0)
                {
                    continue;
                }

                var kind = line.Kind;
                if (section.Kind == SectionKind.Global && kind == LineKind.Directive)
                {
                    environment = Apply(environment, words);
                }

                yield return new ExpandedLine(number, kind, words);
            }
        }
    }

    /// <summary>What the directives of chapter 3.1 do to the environment.</summary>
    private static ConfigEnvironment Apply(ConfigEnvironment environment, IReadOnlyList<byte[]> words)
    {
        var texts = words.Select(Encoding.UTF8.GetString).ToArray();
        return texts switch
        {
            ["setenv", var name, var value, ..] => environment.With(name, value),
            ["presetenv", var name, var value, ..] => environment.Get(name) is null ? environment.With(name, value) : environment,
            ["unsetenv", .. var names] => names.Aggregate(environment, (current, name) => current.Without(name)),
            ["resetenv", .. var names] => environment.Only(names),
            _ => environment,
        };
    }
}
