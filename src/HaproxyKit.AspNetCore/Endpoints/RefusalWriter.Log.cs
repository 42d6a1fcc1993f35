using System.Net;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Endpoints;

internal sealed partial class RefusalWriter
{
    [LoggerMessage(2, LogLevel.Warning, "Refused with {Status} {Problem}: call from {Caller} of {Owner}, {Fields} wrong fields")]
    private partial void LogRefused(int status, string problem, IPAddress? caller, string? owner, int fields);

    [LoggerMessage(5, LogLevel.Debug, "Slowed down: another call without a valid token from {Caller}")]
    private partial void LogSlowed(IPAddress? caller);
}
