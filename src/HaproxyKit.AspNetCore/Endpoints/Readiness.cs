using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Runtime;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// Tells whether calls can be carried out: HAProxy answers, the mappings of its file are known, and nothing was in the way of the last attempt to
/// read and write them. Alarms are told, and make nothing unready. Whoever asks, HAProxy is asked once a second at most.
/// </summary>
/// <param name="phoneHome">Knows whether mappings were adopted, and what is in the way of changes.</param>
/// <param name="services">Where HAProxy's sockets and the alarms are, if they are.</param>
/// <param name="time">The clock.</param>
internal sealed class Readiness(IPhoneHome phoneHome, IServiceProvider services, TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock looking = new();
    private Task<(string Word, string? Problem)>? look;
    private long lookedAt;

    internal async Task<ReadinessEntry> LookAsync()
    {
        var (haproxy, problem) = await AskOnceInAWhileAsync().ConfigureAwait(false);
        var (hasAdopted, obstacle) = (phoneHome.HasAdopted, phoneHome.Obstacle);
        var alarms = services.GetService<AlarmBoard>()?.Current ?? [];
        string?[] details =
        [
            problem,
            obstacle is null ? null : $"no change can be carried out: {obstacle}",
            hasAdopted ? null : "the mappings in HAProxy's file have not been read yet",
            .. alarms.Select(alarm => alarm.Diagnostic.Message),
        ];
        return new ReadinessEntry
        {
            Status = hasAdopted && problem is null && obstacle is null ? "ready" : "not-ready",
            Haproxy = haproxy,
            Mappings = hasAdopted ? "adopted" : "not-adopted",
            Configuration = obstacle is null ? "available" : "unavailable",
            Alarms = alarms.Count,
            Details = [.. details.OfType<string>()],
        };
    }

    private Task<(string Word, string? Problem)> AskOnceInAWhileAsync()
    {
        lock (looking)
        {
            if (look is null || (look.IsCompleted && time.GetElapsedTime(lookedAt) >= Validity))
            {
                lookedAt = time.GetTimestamp();
                look = AskAsync();
            }

            return look;
        }
    }

    private async Task<(string Word, string? Problem)> AskAsync()
    {
        if (services.GetService<RuntimeClient>() is not { } runtime)
        {
            return ("unknown", null);
        }

        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await runtime.ShowInfoAsync(patience.Token).ConfigureAwait(false);
            return ("reachable", null);
        }
        catch (RuntimeException e)
        {
            return ("unreachable", $"HAProxy does not answer: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return ("unreachable", $"HAProxy does not answer within {Patience.TotalSeconds:0} seconds");
        }
    }
}
