using System.CommandLine;
using System.Text.Json;
using HaproxyKit.Model;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;
using HaproxyKit.Tool.Selection;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>show FILE SELECTOR</c>: sections or lines as they are written.</summary>
internal static class ShowCommand
{
    internal static Command Create()
    {
        var format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);
        var command = new Command("show", "Shows sections or lines as they are written; ends with 1 where there are none.")
        {
            SharedOptions.File, SharedOptions.Selector, format,
        };
        command.Does((arguments, output) =>
        {
            var document = ConfigInput.ReadOne(arguments.GetRequiredValue(SharedOptions.File));
            var selector = Selector.Parse(arguments.GetRequiredValue(SharedOptions.Selector));
            var found = selector.Find(new HaproxyConfig(document)).ToList();
            if (arguments.GetValue(format) == OutputFormat.Json)
            {
                SelectedJson[] items = [.. found.Select(selected => Describe(selected, document.Path))];
                output.Line(JsonSerializer.Serialize(items, ToolJsonContext.Readable.SelectedJsonArray));
            }
            else
            {
                found.ForEach(selected => output.Line(TextOf(selected)));
            }

            if (found.Count == 0)
            {
                output.Error($"{document.Path} has no {selector}");
            }

            return found.Count == 0 ? ExitCode.Findings : ExitCode.Fine;
        });
        return command;
    }

    private static string TextOf(Selected selected) => (selected.Line?.Text ?? selected.Section.ToString()).TrimEnd('\n', '\r');

    private static SelectedJson Describe(Selected selected, string? file)
    {
        var words = new List<string>();
        var syntax = selected.Section.Syntax;
        var line = selected.Line is { } directive ? directive.LineNumber - selected.Section.LineNumber + syntax.HeaderLine : syntax.HeaderLine;
        foreach (var word in syntax[Math.Max(0, line)].Words)
        {
            words.Add(word.ToString());
        }

        return new SelectedJson
        {
            Selector = selected.Path,
            File = file,
            Line = selected.LineNumber,
            Words = [.. words],
            Text = TextOf(selected),
        };
    }
}
