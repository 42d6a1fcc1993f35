using System.CommandLine;
using HaproxyKit.Comparison;
using HaproxyKit.Model;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;
using HaproxyKit.Tool.Selection;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>set FILE SELECTOR name=value</c>: changes words of one line, and keeps every other byte.</summary>
internal sealed class SetCommand : Command
{
    private const string About =
        "Changes words of one line, or lines of one section, keeps every other byte, and says what it changed.";

    private const int MostShown = 3;

    private readonly Argument<string[]> _assignments = new("name=value")
    {
        Description = "What to set: address=10.0.0.9:80, weight=20, or mode=tcp on a section; a name alone sets a word "
            + "without a value, name= takes one away.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<OutputFormat> _format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);

    internal SetCommand()
        : base("set", About)
    {
        Add(SharedOptions.File);
        Add(SharedOptions.Selector);
        Add(_assignments);
        Add(_format);
        this.Does(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken cancellationToken)
    {
        var selector = Selector.Parse(arguments.GetRequiredValue(SharedOptions.Selector));
        var path = arguments.GetRequiredValue(SharedOptions.File);
        var before = ConfigInput.ReadOne(path);
        var config = new HaproxyConfig(before);
        var selected = selector.Find(config).ToList();
        if (selected is not [var only])
        {
            return Refuse(output, $"{before.Path} has", selector, selected);
        }

        foreach (var assignment in arguments.GetRequiredValue(_assignments).Select(Assignment.Parse))
        {
            assignment.ApplyTo(only);
        }

        if (ConfigInput.IsStandardInput(path))
        {
            output.Bytes(config.Document.ToBytes());
            return ExitCode.Fine;
        }

        await FileChange.WriteAsync(before, config.Document.ToBytes(), cancellationToken).ConfigureAwait(false);
        var diff = ConfigDiff.Between(before, config.Document);
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            output.Line(diff.ToJson());
        }
        else
        {
            ChangeText.Write(output, diff);
        }

        return ExitCode.Fine;
    }

    private static int Refuse(ToolOutput output, string file, Selector selector, List<Selected> selected)
    {
        if (selected.Count == 0)
        {
            output.Error($"{file} no {selector}; nothing was changed");
            return ExitCode.Findings;
        }

        var some = string.Join(", ", selected.Take(MostShown).Select(one => one.Path));
        output.Error($"{file} {selected.Count} of {selector}: {some}; nothing was changed");
        return ExitCode.Failed;
    }
}
