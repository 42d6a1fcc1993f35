using Microsoft.Extensions.Logging;

namespace HaproxyKit.AspNetCore.Endpoints;

internal sealed partial class AuditLog
{
    [LoggerMessage(21, LogLevel.Information, "{Entry}")]
    private partial void LogEntry(string entry);

    [LoggerMessage(22, LogLevel.Error, "The audit file cannot be written; its lines are in the log alone until it can")]
    private partial void LogBroken(Exception exception);

    [LoggerMessage(23, LogLevel.Warning, "The audit file can be written again; {Lost} lines are in the log alone")]
    private partial void LogMended(long lost);

    [LoggerMessage(24, LogLevel.Warning, "The audit file was too slow; {Lost} lines are in the log alone")]
    private partial void LogDropped(long lost);
}
