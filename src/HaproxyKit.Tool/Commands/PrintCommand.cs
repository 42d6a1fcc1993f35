using System.CommandLine;
using HaproxyKit.Tool.Input;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>print FILE</c>: reads a file and prints it: the same bytes.</summary>
internal static class PrintCommand
{
    internal static Command Create()
    {
        var command = new Command("print", "Reads a file and prints it: the same bytes.") { SharedOptions.File };
        command.Does((arguments, output) =>
        {
            output.Bytes(ConfigInput.ReadOne(arguments.GetRequiredValue(SharedOptions.File)).ToBytes());
            return ExitCode.Fine;
        });
        return command;
    }
}
