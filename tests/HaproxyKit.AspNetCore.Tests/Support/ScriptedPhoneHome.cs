using System.Collections.Concurrent;
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
    public Task<MappingOutcome> SubmitAsync(MappingCommand command, CancellationToken cancellationToken)
    {
        Commands.Enqueue(command);
        return Script(command);
    }
}
