using System.CommandLine;
using HaproxyKit.Comparison;
using HaproxyKit.Model;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;
using HaproxyKit.Tool.Selection;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>set FILE SELECTOR name=value</c>: changes words of one line, and keeps every other byte.</summary>
internal static class SetCommand
{
    internal static Command Create()
    {
        var assignments = new Argument<string[]>("name=value")
        {
            Description = "What to set: address=10.0.0.9:80, weight=20, or mode=tcp on a section; a name alone sets a word without a value, name= takes one away.",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);
        var command = new Command("set", "Changes words of one line, or lines of one section, keeps every other byte, and says what it changed.")
        {
            SharedOptions.File, SharedOptions.Selector, assignments, format,
        };
        command.Does(async (arguments, output, cancellationToken) =>
        {
            var path = arguments.GetRequiredValue(SharedOptions.File);
            var before = ConfigInput.ReadOne(path);
            var config = new HaproxyConfig(before);
            var selector = Selector.Parse(arguments.GetRequiredValue(SharedOptions.Selector));
            var selected = selector.Find(config).ToList();
            if (selected is not [var only])
            {
                output.Error(selected.Count == 0
                    ? $"{before.Path} has no {selector}; nothing was changed"
                    : $"{before.Path} has {selected.Count} of {selector}: {string.Join(", ", selected.Take(3).Select(s => s.Path))}; nothing was changed");
                return selected.Count == 0 ? ExitCode.Findings : ExitCode.Failed;
            }

            foreach (var assignment in arguments.GetRequiredValue(assignments).Select(Assignment.Parse))
            {
                assignment.ApplyTo(only);
            }

            var diff = ConfigDiff.Between(before, config.Document);
            if (ConfigInput.IsStandardInput(path))
            {
                output.Bytes(config.Document.ToBytes());
                return ExitCode.Fine;
            }

            await FileChange.WriteAsync(before, config.Document.ToBytes(), cancellationToken).ConfigureAwait(false);
            Tell(output, diff, arguments.GetValue(format));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Tell(ToolOutput output, ConfigDiff diff, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            output.Line(diff.ToJson());
        }
        else
        {
            ChangeText.Write(output, diff);
        }
    }
}
