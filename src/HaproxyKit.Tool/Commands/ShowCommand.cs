using System.CommandLine;
using System.Text.Json;
using HaproxyKit.Model;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;
using HaproxyKit.Tool.Selection;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>show FILE SELECTOR</c>: sections or lines as they are written.</summary>
internal sealed class ShowCommand : Command
{
    private readonly Option<OutputFormat> _format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);

    internal ShowCommand()
        : base("show", "Shows sections or lines as they are written; ends with 1 where there are none.")
    {
        Add(SharedOptions.File);
        Add(SharedOptions.Selector);
        Add(_format);
        this.Does(Run);
    }

    private int Run(ParseResult arguments, ToolOutput output)
    {
        var selector = Selector.Parse(arguments.GetRequiredValue(SharedOptions.Selector));
        var document = ConfigInput.ReadOne(arguments.GetRequiredValue(SharedOptions.File));
        var found = selector.Find(new HaproxyConfig(document)).ToList();
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            SelectedJson[] items = [.. found.Select(selected => Describe(selected, document.Path))];
            output.Line(JsonSerializer.Serialize(items, ToolJsonContext.Readable.SelectedJsonArray));
        }
        else
        {
            found.ForEach(selected => output.Line(selected.Text));
        }

        if (found.Count == 0)
        {
            output.Error($"{document.Path} has no {selector}");
        }

        return found.Count == 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    private static SelectedJson Describe(Selected selected, string? file) => new()
    {
        Selector = selected.Path,
        File = file,
        Line = selected.LineNumber,
        Words = selected.Words,
        Text = selected.Text,
    };
}
