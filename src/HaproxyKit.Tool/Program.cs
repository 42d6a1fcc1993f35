using System.CommandLine;
using System.CommandLine.Help;
using HaproxyKit.Tool.Commands;

namespace HaproxyKit.Tool;

/// <summary>The program <c>haproxykit</c>.</summary>
internal static class Program
{
    /// <summary>
    /// How long a change that is begun may take after Ctrl-C: a reload, its undoing, and the waits for both end long before.
    /// </summary>
    private static readonly TimeSpan CarryThroughLimit = TimeSpan.FromMinutes(5);

    private static async Task<int> Main(string[] args)
    {
        var root = new Command("haproxykit", "Checks, formats, compares, shows, changes and applies HAProxy configuration.")
        {
            new CheckCommand(),
            new FmtCommand(),
            new DiffCommand(),
            new WordsCommand(),
            new PrintCommand(),
            new ShowCommand(),
            new SetCommand(),
            new ExplainCommand(),
            new PlanCommand(),
            new ApplyCommand(),
            new StatusCommand(),
            new RollbackCommand(),
            new TokenCommand(),
            new HelpOption { Recursive = true },
            new VersionOption(),
        };
        var arguments = root.Parse(args);
        if (arguments.Errors is [var error, ..])
        {
            var unknown = arguments.UnmatchedTokens is [var token, ..] ? $"'{token}' is not understood here" : null;
            var message = $"haproxykit: {unknown ?? error.Message}; see haproxykit --help";
            await Console.Error.WriteLineAsync(message).ConfigureAwait(false);
            return ExitCode.Failed;
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = CarryThroughLimit,
        };
        return await arguments.InvokeAsync(configuration).ConfigureAwait(false);
    }
}
