using System.Net;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Endpoints;

internal sealed partial class RefusalWriter
{
    [LoggerMessage(2, LogLevel.Warning, "Refused with {Status} {Problem}: call from {Caller} of {Owner}, {Fields} wrong fields")]
    private partial void LogRefused(int status, string problem, IPAddress? caller, string? owner, int fields);

    [LoggerMessage(5, LogLevel.Debug, "Another call without a valid token from {Caller} was answered with {Status}")]
    private partial void LogAnother(int status, IPAddress? caller);
}
