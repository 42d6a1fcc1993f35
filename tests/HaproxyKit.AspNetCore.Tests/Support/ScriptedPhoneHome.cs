using System.Collections.Concurrent;
using System.Threading.Channels;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Tests.Support;

/// <summary>
/// Gives the outcome that a test asks for, and remembers what reached it: for what the endpoint does with each
/// outcome.
/// </summary>
internal sealed class ScriptedPhoneHome : IPhoneHome
{
    /// <summary>What answers the commands.</summary>
    internal Func<MappingCommand, Task<MappingOutcome>> Script { get; set; } = _ =>
        Task.FromResult<MappingOutcome>(new MappingOutcome.Served
        {
            Change = MappingChange.Created,
            Revision = "r1",
            WorkerPid = 4711,
            Reloaded = true,
        });

    /// <summary>The commands that came.</summary>
    internal ConcurrentQueue<MappingCommand> Commands { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<MappingStatus> Mappings { get; set; } = [];

    /// <inheritdoc/>
    public bool HasAdopted { get; set; } = true;

    /// <inheritdoc/>
    public string? Obstacle { get; set; }

    /// <summary>What answers those who ask for a plan.</summary>
    internal Func<MappingCommand, CancellationToken, Task<MappingPlan>> PlanScript { get; set; } = (_, _) =>
        Task.FromResult(new MappingPlan { Change = MappingChange.Created, Steps = ["reload"], StepsForOthers = 2, NeedsReload = true, Revision = "r0" });

    /// <summary>What happens, for those who watch.</summary>
    internal Channel<PhoneHomeEvent> Events { get; } = Channel.CreateUnbounded<PhoneHomeEvent>();

    /// <summary>Behind which event those who watch began.</summary>
    internal ConcurrentQueue<long?> Watched { get; } = new();

    /// <inheritdoc/>
    public Task<MappingPlan> PlanAsync(MappingCommand command, CancellationToken cancellationToken) => PlanScript(command, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<PhoneHomeEvent> WatchAsync(long? after, CancellationToken cancellationToken)
    {
        Watched.Enqueue(after);
        return Events.Reader.ReadAllAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<MappingOutcome> SubmitAsync(MappingCommand command, CancellationToken cancellationToken)
    {
        Commands.Enqueue(command);
        return Script(command);
    }
}
