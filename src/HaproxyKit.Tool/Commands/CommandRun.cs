using System.CommandLine;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary>Gives a command its output, and tells in one line what went wrong.</summary>
internal static class CommandRun
{
    internal static void Does(this Command command, Func<ParseResult, ToolOutput, int> run) =>
        command.SetAction(arguments => Guard(output => run(arguments, output)));

    internal static void Does(this Command command, Func<ParseResult, ToolOutput, CancellationToken, Task<int>> run) =>
        command.SetAction(async (arguments, cancellationToken) =>
        {
            // Ctrl-C is heard from the first wait on: before it there must be nothing that could be torn.
            await Task.Yield();
            using var output = new ToolOutput();
            try
            {
                return await run(arguments, output, cancellationToken).ConfigureAwait(false);
            }
            catch (ToolException e)
            {
                output.Error(e.Message);
                return ExitCode.Failed;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                output.Error("stopped; nothing was changed");
                return ExitCode.Stopped;
            }
        });

    private static int Guard(Func<ToolOutput, int> run)
    {
        using var output = new ToolOutput();
        try
        {
            return run(output);
        }
        catch (ToolException e)
        {
            output.Error(e.Message);
            return ExitCode.Failed;
        }
    }
}
