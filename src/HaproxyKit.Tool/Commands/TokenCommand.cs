using System.CommandLine;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>token</c>: the tokens with which pods call the webhook.</summary>
internal sealed class TokenCommand : Command
{
    internal TokenCommand()
        : base("token", "Tokens with which pods call the webhook.") => Add(new TokenNewCommand());
}
