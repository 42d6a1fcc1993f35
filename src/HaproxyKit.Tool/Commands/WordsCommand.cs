using System.CommandLine;
using System.Text.Json;
using HaproxyKit.Syntax;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>words FILE</c>: the decoded words of each line, one JSON array a line.</summary>
internal sealed class WordsCommand : Command
{
    private const string About =
        "Prints the decoded words of every line that has any, one JSON array a line; with --format json all lines as "
        + "one array, with their numbers.";

    private readonly Option<OutputFormat> _format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);

    internal WordsCommand()
        : base("words", About)
    {
        Add(SharedOptions.File);
        Add(_format);
        this.Does(Run);
    }

    private int Run(ParseResult arguments, ToolOutput output)
    {
        var document = ConfigInput.ReadOne(arguments.GetRequiredValue(SharedOptions.File));
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            output.Line(JsonSerializer.Serialize([.. Lines(document)], ToolJsonContext.Readable.WordsJsonArray));
            return ExitCode.Fine;
        }

        foreach (var line in Lines(document))
        {
            output.Line(JsonSerializer.Serialize(line.Words, ToolJsonContext.Readable.StringArray));
        }

        return ExitCode.Fine;
    }

    private static IEnumerable<WordsJson> Lines(ConfigDocument document)
    {
        var number = 0;
        foreach (var line in document.Sections.SelectMany(section => section.Lines))
        {
            number++;
            var words = new List<string>();
            foreach (var word in line.Words)
            {
                words.Add(word.ToString());
            }

            if (words.Count > 0)
            {
                yield return new WordsJson(document.Path, number, [.. words]);
            }
        }
    }
}
