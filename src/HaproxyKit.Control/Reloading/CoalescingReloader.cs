using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Reloading;

/// <summary>Makes few reloads of many requests: all that wait share the next one.</summary>
/// <remarks>
/// <para>A request joins the next reload to begin, never one that has begun: that one may have read the files
/// already.</para>
/// <para>A reload begins at once where the last one began an interval ago or more, else when the interval is over; and
/// never before the last one has ended. So of requests that come within one interval, however many, there are two
/// reloads at most.</para>
/// <para>Each request gets the result of the reload that it joined, judged by its own expectation: where another
/// request expected something that is not there, that is no failure of this one. What the reload throws, all that
/// joined it get.</para>
/// <para>A request that is cancelled leaves; a reload that has begun goes on, and one that all have left does not
/// begin.</para>
/// <para>Safe for use by several threads at once.</para>
/// </remarks>
public sealed class CoalescingReloader : IReloader, IAsyncDisposable, IDisposable
{
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private ReloadBatch? waiting;
    private Task running = Task.CompletedTask;
    private bool isRunning;
    private bool isDisposed;
    private long? lastBegan;

    /// <summary>Puts a gate before a strategy.</summary>
    /// <param name="inner">The strategy.</param>
    /// <param name="interval">
    /// The time from the beginning of one reload to that of the next, at least; null for the default.
    /// </param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative.</exception>
    public CoalescingReloader(IReloader inner, TimeSpan? interval = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Interval = interval ?? DefaultInterval;
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, TimeSpan.Zero, nameof(interval));
        Inner = inner;
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>The interval where none is set: 2 seconds.</summary>
    public static TimeSpan DefaultInterval { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The time from the beginning of one reload to that of the next, at least.</summary>
    public TimeSpan Interval { get; }

    /// <summary>The strategy behind the gate.</summary>
    internal IReloader Inner { get; }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">No further reload begins.</exception>
    public async Task<ReloadResult> ReloadAsync(ReloadExpectation expectation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        cancellationToken.ThrowIfCancellationRequested();
        var batch = Join(expectation.Reason);
        try
        {
            var result = await batch.Result.WaitAsync(cancellationToken).ConfigureAwait(false);
            return Judge(result, expectation);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            lock (gate)
            {
                batch.Requests--;
            }

            throw;
        }
    }

    /// <summary>
    /// Ends the wait of a reload that has begun, which HAProxy may carry out all the same, and begins no other.
    /// </summary>
    /// <returns>A task that ends when nothing is under way.</returns>
    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            last = running;
        }

        await stopping.CancelAsync().ConfigureAwait(false);
        await last.ConfigureAwait(false);
        stopping.Dispose();
    }

    /// <summary>Does the same without waiting for what is under way.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
        }

        // What is under way still looks at the token, so its source is left to the collector.
        stopping.Cancel();
    }

    private ReloadBatch Join(ReloadReason reason)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            var batch = waiting ??= new ReloadBatch();
            batch.Requests++;
            batch.Reason ??= reason;
            if (!isRunning)
            {
                isRunning = true;
                running = Task.Run(RunAsync, CancellationToken.None);
            }

            return batch;
        }
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await WaitForTurnAsync().ConfigureAwait(false);
            ReloadBatch? batch;
            lock (gate)
            {
                batch = waiting;
                waiting = null;
                if (batch is null)
                {
                    isRunning = false;
                    return;
                }

                if (batch.Requests == 0)
                {
                    continue;
                }

                lastBegan = time.GetTimestamp();
            }

            await ReloadAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task WaitForTurnAsync()
    {
        TimeSpan left;
        lock (gate)
        {
            left = waiting is not null && lastBegan is { } began ? Interval - time.GetElapsedTime(began) : TimeSpan.Zero;
        }

        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReloadAsync(ReloadBatch batch)
    {
        try
        {
            stopping.Token.ThrowIfCancellationRequested();
            batch.Succeed(await Inner.ReloadAsync(new ReloadExpectation { Reason = batch.Reason.GetValueOrDefault() }, stopping.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            batch.Fail(new ObjectDisposedException(nameof(CoalescingReloader)));
        }
        catch (Exception e)
        {
            // Whatever it is, it is theirs who asked for the reload.
            batch.Fail(e);
        }
    }

    private static ReloadResult Judge(ReloadResult result, ReloadExpectation expectation) =>
        result.Succeeded && expectation.Unmet(result.Frontends) is { Count: > 0 } unmet
            ? result with
            {
                Succeeded = false,
                Diagnostics =
                [
                    new Diagnostic
                    {
                        Id = DiagnosticIds.ReloadFailed,
                        Severity = DiagnosticSeverity.Error,
                        Message = $"The reload failed: the new worker {result.NewWorkerPid} does not serve the configuration: {string.Join("; ", unmet)}",
                    },
                ],
            }
            : result;
}
