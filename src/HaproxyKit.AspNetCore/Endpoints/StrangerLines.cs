using System.Net;
using HaproxyKit.PhoneHome.Policy;
using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// Says which refusals of callers without an accepted token are worth a line each: some of each source and some of all in a minute, so that
/// strangers wash nothing away of what others did. It counts lines alone; who is slowed down is told by <see cref="CallFailures"/> of its own.
/// </summary>
internal sealed class StrangerLines(TimeProvider time)
{
    /// <summary>Lines in a minute from one address, or one /64 of IPv6.</summary>
    internal const int PerSource = 10;

    /// <summary>Lines in a minute from all of them.</summary>
    internal const int InAll = 30;

    private readonly CallFailures sources = new(Options.Create(new PhoneHomePolicyOptions { FailuresPerMinute = PerSource }), time);
    private readonly Lock changing = new();
    private double level;
    private long at = time.GetTimestamp();

    /// <summary>Whether another refusal may be a line; counts it.</summary>
    /// <param name="source">Where it came from, or null where that is not known.</param>
    internal bool Take(IPAddress? source)
    {
        if (sources.Count(source) is not null)
        {
            return false;
        }

        lock (changing)
        {
            var now = time.GetTimestamp();
            level = Math.Max(0, level - (time.GetElapsedTime(at, now).TotalMinutes * InAll));
            at = now;
            if (level + 1 > InAll)
            {
                return false;
            }

            level++;
            return true;
        }
    }
}
