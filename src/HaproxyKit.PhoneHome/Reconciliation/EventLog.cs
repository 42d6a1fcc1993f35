using System.Runtime.CompilerServices;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>The last events, in a ring: writers never wait, and a reader that falls behind the ring is told so.</summary>
/// <param name="time">When events happen; the first number is taken from it, so that numbers rise over restarts.</param>
/// <param name="capacity">How many events are kept.</param>
internal sealed class EventLog(TimeProvider time, int capacity = EventLog.DefaultCapacity)
{
    internal const int DefaultCapacity = 4096;

    private const int MaxBatch = 64;
    private const int NumbersPerMillisecond = 1000;

    private readonly Lock _changing = new();
    private readonly PhoneHomeEvent[] _ring = new PhoneHomeEvent[capacity];
    private readonly long _start = time.GetUtcNow().ToUnixTimeMilliseconds() * NumbersPerMillisecond;
    private long _count;
    private TaskCompletionSource _news = NewSignal();

    /// <summary>Writes an event up; number and time are set here.</summary>
    internal void Add(PhoneHomeEvent happened)
    {
        TaskCompletionSource waiting;
        lock (_changing)
        {
            _ring[_count % _ring.Length] = happened with { Sequence = _start + _count, Time = time.GetUtcNow() };
            _count++;
            (waiting, _news) = (_news, NewSignal());
        }

        waiting.SetResult();
    }

    /// <inheritdoc cref="IPhoneHome.WatchAsync"/>
    internal IAsyncEnumerable<PhoneHomeEvent> WatchAsync(long? after, CancellationToken cancellationToken)
    {
        lock (_changing)
        {
            // A number that was never given out is of a life before, under another clock: nobody knows what was missed.
            var isKnown = after is null || after < _start + _count;
            return ReadAsync(after is null ? _count : isKnown ? after.Value - _start + 1 : -1, cancellationToken);
        }
    }

    private async IAsyncEnumerable<PhoneHomeEvent> ReadAsync(long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<PhoneHomeEvent>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var news = Take(ref position, batch);
            foreach (var happened in batch)
            {
                yield return happened;
            }

            if (batch.Count == 0)
            {
                await news.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task Take(ref long position, List<PhoneHomeEvent> batch)
    {
        batch.Clear();
        lock (_changing)
        {
            var oldest = Math.Max(0, _count - _ring.Length);
            if (position < oldest)
            {
                position = oldest;
                batch.Add(new PhoneHomeEvent { Sequence = _start + oldest - 1, Time = time.GetUtcNow(), Kind = PhoneHomeEventKind.Gap });
            }

            while (position < _count && batch.Count < MaxBatch)
            {
                batch.Add(_ring[position++ % _ring.Length]);
            }

            return _news.Task;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
