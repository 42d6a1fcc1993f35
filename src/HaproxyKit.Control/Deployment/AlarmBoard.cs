using System.Collections.Immutable;
using HaproxyKit.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaproxyKit.Control.Deployment;

/// <summary>Where what a person has to look at is written up until it is settled: for a health check, a status page, and the log.</summary>
/// <remarks>Safe for use by several threads at once.</remarks>
/// <param name="logger">Where each new alarm is told as an error, or null.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed partial class AlarmBoard(ILogger<AlarmBoard>? logger = null, TimeProvider? time = null)
{
    private readonly ILogger _logger = logger ?? NullLogger<AlarmBoard>.Instance;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private ImmutableSortedDictionary<string, Alarm> _alarms = ImmutableSortedDictionary.Create<string, Alarm>(StringComparer.Ordinal);

    /// <summary>The alarms that stand now, by key.</summary>
    public IReadOnlyList<Alarm> Current => [.. Volatile.Read(ref _alarms).Values];

    /// <summary>Raises an alarm. One of the same key that stands already is renewed, and keeps its time.</summary>
    /// <param name="key">What it is about.</param>
    /// <param name="diagnostic">What is wrong.</param>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    public void Raise(string key, Diagnostic diagnostic)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(diagnostic);
        var known = Volatile.Read(ref _alarms).GetValueOrDefault(key);
        var alarm = new Alarm(key, diagnostic, known?.Since ?? _time.GetUtcNow());
        ImmutableInterlocked.Update(ref _alarms, alarms => alarms.SetItem(key, alarm));
        if (!string.Equals(known?.Diagnostic.Message, diagnostic.Message, StringComparison.Ordinal))
        {
            LogRaised(key, diagnostic.ToString());
        }
    }

    /// <summary>Takes an alarm down; one that does not stand is no error.</summary>
    /// <param name="key">What it is about.</param>
    public void Clear(string key)
    {
        if (Volatile.Read(ref _alarms).ContainsKey(key))
        {
            ImmutableInterlocked.Update(ref _alarms, alarms => alarms.Remove(key));
            LogCleared(key);
        }
    }
}
