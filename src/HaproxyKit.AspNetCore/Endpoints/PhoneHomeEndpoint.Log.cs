using System.Net;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Endpoints;

internal sealed partial class PhoneHomeEndpoint
{
    [LoggerMessage(
        1, LogLevel.Debug, "{Action} {Name} on port {FrontendPort} of {Owner} from {Caller}: {Status} {Result}")]
    private partial void LogAnswered(
        MappingAction action, string name, int frontendPort, string owner, IPAddress? caller, int status, string result);

    [LoggerMessage(3, LogLevel.Information, "{Name} on port {FrontendPort} ended after its caller was answered: {Outcome}")]
    private partial void LogLate(string name, int frontendPort, string outcome);

    [LoggerMessage(4, LogLevel.Error, "{Name} on port {FrontendPort} failed after its caller was answered")]
    private partial void LogLateFailure(Exception exception, string name, int frontendPort);
}
