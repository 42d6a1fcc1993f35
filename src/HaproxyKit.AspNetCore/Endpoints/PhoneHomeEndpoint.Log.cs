using System.Net;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Endpoints;

internal sealed partial class PhoneHomeEndpoint
{
    [LoggerMessage(
        1, LogLevel.Information, "{Action} {Name} on port {FrontendPort} of {Owner} from {Caller}: {Status} {Result}")]
    private partial void LogAnswered(
        MappingAction action, string name, int frontendPort, string owner, IPAddress? caller, int status, string result);

    [LoggerMessage(2, LogLevel.Warning, "Refused with {Status} {Problem}: call from {Caller} of {Owner}, {Fields} wrong fields")]
    private partial void LogRefused(int status, string problem, IPAddress? caller, string? owner, int fields);

    [LoggerMessage(3, LogLevel.Information, "{Name} on port {FrontendPort} ended after its caller was answered: {Outcome}")]
    private partial void LogLate(string name, int frontendPort, string outcome);

    [LoggerMessage(4, LogLevel.Error, "{Name} on port {FrontendPort} failed after its caller was answered")]
    private partial void LogLateFailure(Exception exception, string name, int frontendPort);

    [LoggerMessage(5, LogLevel.Debug, "Slowed down: another call without a valid token from {Caller}")]
    private partial void LogSlowed(IPAddress? caller);
}
