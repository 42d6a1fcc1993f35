using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.PhoneHome.Calling;

public sealed partial class PhoneHomeCaller
{
    [LoggerMessage(1, LogLevel.Information, "Calling {Webhook} in the format {Format} for {Name} on port {FrontendPort}")]
    private partial void LogStart(Uri webhook, RequestFormat format, string? name, int? frontendPort);

    [LoggerMessage(2, LogLevel.Warning, "{Webhook} is plain HTTP: whoever is on the way can read the token")]
    private partial void LogTokenInClear(Uri webhook);

    [LoggerMessage(3, LogLevel.Information, "Served: {Answer}")]
    private partial void LogServed(string answer);

    [LoggerMessage(4, LogLevel.Error, "Refused: {Answer}")]
    private partial void LogRefused(string answer);

    [LoggerMessage(5, LogLevel.Warning, "Not served yet: {Answer}")]
    private partial void LogFailed(string answer);

    [LoggerMessage(6, LogLevel.Information, "Goodbye said: {Answer}")]
    private partial void LogGoodbye(string answer);

    [LoggerMessage(7, LogLevel.Warning, "Goodbye not heard, the lease will end it: {Answer}")]
    private partial void LogGoodbyeUnheard(string answer);
}
