using System.CommandLine;
using HaproxyKit.Tool.Input;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>print FILE</c>: reads a file and prints it: the same bytes.</summary>
internal sealed class PrintCommand : Command
{
    internal PrintCommand()
        : base("print", "Reads a file and prints it: the same bytes.")
    {
        Add(SharedOptions.File);
        this.Does((arguments, output) =>
        {
            output.Bytes(ConfigInput.ReadOne(arguments.GetRequiredValue(SharedOptions.File)).ToBytes());
            return ExitCode.Fine;
        });
    }
}
