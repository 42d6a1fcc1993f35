using HaproxyKit.Control.Checking;
using HaproxyKit.Diagnostics;
using HaproxyKit.Tool.Input;

namespace HaproxyKit.Tool.Commands;

/// <summary>Has HAProxy itself check a configuration.</summary>
internal static class HaproxyCheck
{
    /// <summary>What HAProxy says.</summary>
    /// <exception cref="ToolException">HAProxy cannot be run, or cannot read what is piped in.</exception>
    internal static async Task<IReadOnlyList<Diagnostic>> RunAsync(
        ConfigInput input, string program, CancellationToken cancellationToken)
    {
        if (input.Paths.Any(ConfigInput.IsStandardInput))
        {
            throw new ToolException("HAProxy cannot check standard input: save it to a file for --with-haproxy");
        }

        var checker = new HaproxyChecker(new HaproxyInvocation
        {
            Executable = program,
            ConfigPaths = input.Paths,
            WorkingFolder = Environment.CurrentDirectory,
            Environment = HaproxyInvocation.OwnEnvironment(),
        });
        var result = await checker.CheckAsync(cancellationToken).ConfigureAwait(false);
        return result.Verdict == CheckVerdict.Unavailable
            ? throw new ToolException($"{result.Diagnostics[^1].Message}: name the program with --haproxy-program")
            : result.Diagnostics;
    }
}
