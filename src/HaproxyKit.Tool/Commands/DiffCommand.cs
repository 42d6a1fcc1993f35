using System.CommandLine;
using HaproxyKit.Comparison;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>diff A B</c>: what differs in meaning, blanks, comments and quotes apart.</summary>
internal static class DiffCommand
{
    internal static Command Create()
    {
        var before = new Argument<string>("A") { Description = "The earlier configuration: a file, a folder, or - for standard input." };
        var after = new Argument<string>("B") { Description = "The later configuration." };
        var format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);
        var command = new Command("diff", "Shows what differs in meaning: blanks, comments, quotes and free order apart.") { before, after, format };
        command.Does((arguments, output) =>
        {
            var (a, b) = (arguments.GetRequiredValue(before), arguments.GetRequiredValue(after));
            if (ConfigInput.IsStandardInput(a) && ConfigInput.IsStandardInput(b))
            {
                throw new ToolException("only one of the two can be standard input");
            }

            var (old, later) = (Read(a), Read(b));
            var changes = ConfigDiff.Between(old.Document, later.Document).Select(change => change with
            {
                Old = change.Old is { } o ? old.InFile(o) : null,
                New = change.New is { } n ? later.InFile(n) : null,
            }).ToList();
            if (arguments.GetValue(format) == OutputFormat.Json)
            {
                output.Line(ConfigDiff.ToJson(changes));
            }
            else
            {
                ChangeText.Write(output, changes);
            }

            return changes.Count == 0 ? ExitCode.Fine : ExitCode.Findings;
        });
        return command;
    }

    private static JoinedDocument Read(string path) => new(ConfigInput.Read([path]).Documents);
}
