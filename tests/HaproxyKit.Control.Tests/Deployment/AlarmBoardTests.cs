using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.Control.Tests.Deployment;

public sealed class AlarmBoardTests
{
    [Fact]
    public void Raise_again_renews_the_alarm_and_keeps_its_time()
    {
        var log = new CapturedLog();
        var board = new AlarmBoard(new LoggerOf<AlarmBoard>(log));

        board.Raise("file", Finding("line 3"));
        var since = board.Current[0].Since;
        board.Raise("file", Finding("line 3"));
        board.Raise("file", Finding("line 4"));
        board.Raise("another", Finding("line 5"));

        Assert.Equal(["another", "file"], board.Current.Select(alarm => alarm.Key));
        Assert.Equal(since, board.Current[1].Since);
        Assert.Equal("line 4", board.Current[1].Diagnostic.Message);
        Assert.Equal(3, log.Lines.Count(line => line.StartsWith("Error", StringComparison.Ordinal)));

        board.Clear("file");
        board.Clear("file");
        Assert.Equal("another", Assert.Single(board.Current).Key);
    }

    private sealed class LoggerOf<T>(ILogger inner) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            inner.Log(logLevel, eventId, state, exception, formatter);
    }

    private static Diagnostic Finding(string message) => new() { Id = DiagnosticIds.OperatorConfigurationInvalid, Severity = DiagnosticSeverity.Error, Message = message };
}
