using System.CommandLine;
using System.CommandLine.Help;
using HaproxyKit.Tool.Commands;

namespace HaproxyKit.Tool;

/// <summary>The program <c>haproxykit</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var root = new Command("haproxykit", "Checks, formats, compares, shows and changes HAProxy configuration.")
        {
            CheckCommand.Create(),
            FmtCommand.Create(),
            DiffCommand.Create(),
            WordsCommand.Create(),
            PrintCommand.Create(),
            ShowCommand.Create(),
            SetCommand.Create(),
            ExplainCommand.Create(),
            new HelpOption { Recursive = true },
            new VersionOption(),
        };
        var arguments = root.Parse(args);
        if (arguments.Errors is [var error, ..])
        {
            var unknown = arguments.UnmatchedTokens is [var token, ..] ? $"'{token}' is not understood here" : error.Message;
            await Console.Error.WriteLineAsync($"haproxykit: {unknown}; see haproxykit --help").ConfigureAwait(false);
            return ExitCode.Failed;
        }

        return await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
    }
}
