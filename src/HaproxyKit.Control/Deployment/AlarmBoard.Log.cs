using Microsoft.Extensions.Logging;

namespace HaproxyKit.Control.Deployment;

/// <content>What an alarm board tells.</content>
public sealed partial class AlarmBoard
{
    [LoggerMessage(3101, LogLevel.Error, "Alarm {Key}: {What}")]
    private partial void LogRaised(string key, string what);

    [LoggerMessage(3102, LogLevel.Information, "Alarm {Key} is over.")]
    private partial void LogCleared(string key);
}
