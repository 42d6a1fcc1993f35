using System.CommandLine;
using HaproxyKit.Syntax;
using HaproxyKit.Tool.Formatting;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>fmt FILE...</c>: lays files out alike, in place; HAProxy reads the same words as before.</summary>
internal sealed class FmtCommand : Command
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Files, or folders of them; - formats standard input to standard output.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Change nothing; list the files that would change, and end with 1 if there are any.",
    };

    private readonly Option<bool> _diff = new("--diff")
    {
        Description = "Change nothing; show what would change, and end with 1 if anything does.",
    };

    internal FmtCommand()
        : base("fmt", "Lays files out alike, in place. Words, quotes and comments stay.")
    {
        Add(_files);
        Add(_check);
        Add(_diff);
        this.Does(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken cancellationToken)
    {
        var (checks, diffs) = (arguments.GetValue(_check), arguments.GetValue(_diff));
        var changed = 0;
        foreach (var path in arguments.GetRequiredValue(_files))
        {
            foreach (var document in ConfigInput.Read([path]).Documents)
            {
                var lines = ConfigFormatter.Format(document);
                var isChanged = lines.Exists(line => line.IsChanged);
                changed += isChanged ? 1 : 0;
                if (checks || diffs)
                {
                    Show(output, document.Path!, lines, isChanged && checks, diffs);
                }
                else if (ConfigInput.IsStandardInput(path))
                {
                    output.Bytes(ConfigFormatter.TextOf(lines));
                }
                else if (isChanged)
                {
                    await WriteAsync(output, document, lines, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return (checks || diffs) && changed > 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    private static async Task WriteAsync(
        ToolOutput output, ConfigDocument document, List<FormattedLine> lines, CancellationToken cancellationToken)
    {
        await FileChange.WriteAsync(document, ConfigFormatter.TextOf(lines), cancellationToken).ConfigureAwait(false);
        output.Line($"formatted {document.Path}");
    }

    private static void Show(ToolOutput output, string path, List<FormattedLine> lines, bool names, bool diffs)
    {
        if (names)
        {
            output.Line(path);
        }

        foreach (var line in diffs ? UnifiedDiff.Of(path, lines) : [])
        {
            output.Line(line, line[0] switch
            {
                '-' => Colour.Red,
                '+' => Colour.Green,
                '@' => Colour.Cyan,
                _ => Colour.None,
            });
        }
    }
}
