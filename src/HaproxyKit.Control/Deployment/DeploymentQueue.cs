using System.Threading.Channels;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Takes requests in, and carries out together what waits. What the Runtime API does goes at once; what needs a reload waits in a lane of its
/// own until the interval since the last one is over, and what touches the same sections waits with it, so that the order is kept.
/// </summary>
internal sealed class DeploymentQueue : IAsyncDisposable
{
    private readonly Channel<DeploymentTicket> _inbox = Channel.CreateUnbounded<DeploymentTicket>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ReloadLane _lane = new();
    private readonly Composer _composer;
    private readonly DeploymentRun _run;
    private readonly ReloadGate _gate;
    private readonly TimeProvider _time;
    private readonly Task _consuming;

    internal DeploymentQueue(Composer composer, DeploymentRun run, ReloadGate gate, TimeProvider time)
    {
        (_composer, _run, _gate, _time) = (composer, run, gate, time);
        _consuming = Task.Run(ConsumeAsync);
    }

    /// <exception cref="ObjectDisposedException">No further request is taken.</exception>
    internal void Add(DeploymentTicket ticket) => ObjectDisposedException.ThrowIf(!_inbox.Writer.TryWrite(ticket), typeof(Deployer));

    /// <summary>Takes no further request; those that have not begun are told so.</summary>
    internal void Stop() => _inbox.Writer.TryComplete();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Stop();
        await _consuming.ConfigureAwait(false);
    }

    private async Task ConsumeAsync()
    {
        while (await WaitAsync().ConfigureAwait(false))
        {
            var arrivals = new List<DeploymentTicket>();
            while (_inbox.Reader.TryRead(out var ticket))
            {
                arrivals.Add(ticket);
            }

            if (arrivals.Count > 0)
            {
                await GuardAsync(arrivals, AdmitAsync).ConfigureAwait(false);
            }

            if (!_lane.IsEmpty && _gate.Remaining == TimeSpan.Zero)
            {
                await GuardAsync(_lane.Take(), group => RunAsync(group, whole: true)).ConfigureAwait(false);
            }
        }

        foreach (var ticket in _lane.TakeAll())
        {
            ticket.Fail(new ObjectDisposedException(nameof(Deployer)));
        }
    }

    /// <summary>Waits for a request, or until it is the lane's turn.</summary>
    /// <returns>False where no further request is taken.</returns>
    private async Task<bool> WaitAsync()
    {
        if (_lane.IsEmpty)
        {
            return await _inbox.Reader.WaitToReadAsync().ConfigureAwait(false);
        }

        using var turn = new CancellationTokenSource(_gate.Remaining, _time);
        try
        {
            return await _inbox.Reader.WaitToReadAsync(turn.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>Sorts what has come: what needs no reload goes at once.</summary>
    private async Task AdmitAsync(IReadOnlyList<DeploymentTicket> arrivals)
    {
        var composition = await _composer.ComposeAsync(arrivals, whole: false).ConfigureAwait(false);
        if (composition.Changes.IsEmpty)
        {
            return;
        }

        if (composition.Running is null)
        {
            // Nobody is there to be reloaded: what waits is written with the rest.
            await RunAsync([.. _lane.TakeAll(), .. arrivals], whole: true).ConfigureAwait(false);
            return;
        }

        composition = Sort(composition);
        if (!composition.Changes.IsEmpty)
        {
            await RunAsync(composition).ConfigureAwait(false);
        }
    }

    /// <summary>Moves into the lane what needs a reload, or must not overtake what waits there.</summary>
    private Composition Sort(Composition composition)
    {
        while (true)
        {
            var staying = new List<DeploymentTicket>();
            foreach (var change in composition.Changes)
            {
                if (change.Plan.NeedsReload || _lane.Precedes(change, composition.Before))
                {
                    _lane.Join(change.Ticket);
                }
                else
                {
                    staying.Add(change.Ticket);
                }
            }

            if (staying.Count == composition.Changes.Length)
            {
                return composition.Changes.Length > 1 && composition.Plan.NeedsReload ? MoveAll(composition) : composition;
            }

            composition = composition.Of(staying);
        }
    }

    /// <summary>Each alone needs no reload, and all together do.</summary>
    private Composition MoveAll(Composition composition)
    {
        foreach (var ticket in composition.Tickets)
        {
            _lane.Join(ticket);
        }

        return composition.Of([]);
    }

    private async Task RunAsync(IReadOnlyList<DeploymentTicket> tickets, bool whole) =>
        await RunAsync(await _composer.ComposeAsync(tickets, whole).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task RunAsync(Composition composition)
    {
        var suspects = await _run.RunAsync(composition).ConfigureAwait(false);
        if (composition.Plan.NeedsReload)
        {
            _lane.Suspect(suspects);
            return;
        }

        foreach (var group in suspects)
        {
            await GuardAsync(group, tickets => RunAsync(tickets, whole: true)).ConfigureAwait(false);
        }
    }

    /// <summary>Whatever goes wrong is theirs who asked for it, and ends nobody else's requests.</summary>
    private static async Task GuardAsync(IReadOnlyList<DeploymentTicket> tickets, Func<IReadOnlyList<DeploymentTicket>, Task> work)
    {
        try
        {
            await work(tickets).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            foreach (var ticket in tickets)
            {
                ticket.Fail(e);
            }
        }
    }
}
