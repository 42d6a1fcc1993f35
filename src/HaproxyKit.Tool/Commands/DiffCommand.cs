using System.CommandLine;
using HaproxyKit.Comparison;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>diff A B</c>: what differs in meaning, blanks, comments and quotes apart.</summary>
internal sealed class DiffCommand : Command
{
    private readonly Argument<string> _before = new("A")
    {
        Description = "The earlier configuration: a file, a folder, or - for standard input.",
    };

    private readonly Argument<string> _after = new("B") { Description = "The later configuration." };

    private readonly Option<OutputFormat> _format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);

    internal DiffCommand()
        : base("diff", "Shows what differs in meaning: blanks, comments, quotes and free order apart.")
    {
        Add(_before);
        Add(_after);
        Add(_format);
        this.Does(Run);
    }

    private int Run(ParseResult arguments, ToolOutput output)
    {
        var (a, b) = (arguments.GetRequiredValue(_before), arguments.GetRequiredValue(_after));
        if (ConfigInput.IsStandardInput(a) && ConfigInput.IsStandardInput(b))
        {
            throw new ToolException("only one of the two can be standard input");
        }

        var (before, after) = (Read(a), Read(b));
        var changes = ConfigDiff.Between(before.Document, after.Document).Select(change => change with
        {
            Old = before.InFile(change.Old),
            New = after.InFile(change.New),
        }).ToList();
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            output.Line(ConfigDiff.ToJson(changes));
        }
        else
        {
            ChangeText.Write(output, changes);
        }

        return changes.Count == 0 ? ExitCode.Fine : ExitCode.Findings;
    }

    private static JoinedDocument Read(string path) => new(ConfigInput.Read([path]).Documents);
}
