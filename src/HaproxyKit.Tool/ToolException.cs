namespace HaproxyKit.Tool;

/// <summary>Ends a command with <see cref="ExitCode.Failed"/> and one line for the user, with what helps.</summary>
/// <param name="message">The line.</param>
internal sealed class ToolException(string message) : Exception(message);
