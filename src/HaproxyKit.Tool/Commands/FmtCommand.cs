using System.CommandLine;
using HaproxyKit.Tool.Formatting;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>fmt FILE...</c>: lays files out alike, in place; HAProxy reads the same words as before.</summary>
internal static class FmtCommand
{
    internal static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files, or folders of them; - formats standard input to standard output.",
            Arity = ArgumentArity.OneOrMore,
        };
        var check = new Option<bool>("--check") { Description = "Change nothing; list the files that would change, and end with 1 if there are any." };
        var diff = new Option<bool>("--diff") { Description = "Change nothing; show what would change, and end with 1 if anything does." };
        var command = new Command("fmt", "Lays files out alike, in place. Words, quotes and comments stay.") { files, check, diff };
        command.Does(async (arguments, output, cancellationToken) =>
        {
            var onlyShows = arguments.GetValue(check) || arguments.GetValue(diff);
            var changed = 0;
            foreach (var path in arguments.GetRequiredValue(files))
            {
                foreach (var document in ConfigInput.Read([path]).Documents)
                {
                    var lines = ConfigFormatter.Format(document);
                    var isChanged = lines.Exists(line => line.IsChanged);
                    changed += isChanged ? 1 : 0;
                    if (onlyShows)
                    {
                        Show(output, document.Path!, lines, isChanged && arguments.GetValue(check), arguments.GetValue(diff));
                    }
                    else if (ConfigInput.IsStandardInput(path))
                    {
                        output.Bytes(ConfigFormatter.TextOf(lines));
                    }
                    else if (isChanged)
                    {
                        await FileChange.WriteAsync(document, ConfigFormatter.TextOf(lines), cancellationToken).ConfigureAwait(false);
                        output.Line($"formatted {document.Path}");
                    }
                }
            }

            return onlyShows && changed > 0 ? ExitCode.Findings : ExitCode.Fine;
        });
        return command;
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
