using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>Has the mappings that it is asked for, at once or when a test lets go; there is no HAProxy behind it.</summary>
internal sealed class MemoryPhoneHome : IPhoneHome
{
    private readonly Dictionary<int, MappingStatus> mappings = [];

    // What has lost its last node stands on, closed.
    private readonly HashSet<int> frontends = [];

    public IReadOnlyList<MappingStatus> Mappings { get; private set; } = [];

    /// <summary>What a command waits for.</summary>
    internal Task Until { get; set; } = Task.CompletedTask;

    /// <summary>What becomes of an add, or null where it is served.</summary>
    internal Func<MappingCommand, MappingOutcome?> Refusal { get; set; } = _ => null;

    /// <summary>How many frontends were made: each is a reload.</summary>
    internal int Made { get; private set; }

    public bool HasAdopted => true;

    public Task<MappingPlan> PlanAsync(MappingCommand command, CancellationToken cancellationToken) =>
        Task.FromResult(new MappingPlan { Refusal = Refusal(command) });

    public IAsyncEnumerable<PhoneHomeEvent> WatchAsync(long? after, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public async Task<MappingOutcome> SubmitAsync(MappingCommand command, CancellationToken cancellationToken)
    {
        await Until;
        lock (mappings)
        {
            if (Refusal(command) is { } refusal)
            {
                return refusal;
            }

            var isMade = false;
            var isThere = mappings.TryGetValue(command.FrontendPort, out var present);
            var change = command.Action == MappingAction.Delete ? MappingChange.Removed : isThere ? MappingChange.Unchanged : MappingChange.Created;
            if (change == MappingChange.Removed)
            {
                mappings.Remove(command.FrontendPort);
            }
            else
            {
                isMade = frontends.Add(command.FrontendPort);
                Made += isMade ? 1 : 0;
                var node = new NodeStatus { Node = command.Node, Address = command.Address, Port = command.NodePort, SignedAt = command.SignedAt };
                mappings[command.FrontendPort] = new MappingStatus
                {
                    Name = command.Name,
                    FrontendPort = command.FrontendPort,
                    Owner = command.Owner,
                    Nodes = [.. (present?.Nodes ?? []).Where(other => other.Node != command.Node), node],
                };
            }

            Mappings = [.. mappings.Values];
            return new MappingOutcome.Served { Change = change, Revision = "r", Reloaded = isMade };
        }
    }
}
