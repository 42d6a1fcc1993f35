namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Takes commands and makes HAProxy follow them.</summary>
public interface IPhoneHome
{
    /// <summary>The mappings that exist now, by frontend port. A snapshot: it does not change once returned.</summary>
    IReadOnlyList<MappingStatus> Mappings { get; }

    /// <summary>Whether the mappings that stood in HAProxy's file at the start have been read: before that there seem to be none.</summary>
    bool HasAdopted { get; }

    /// <summary>
    /// Why no change can be carried out, as the last attempt found: the configuration file or the folder of the wanted mappings cannot be read or
    /// written, say. Null where nothing is known to be in the way; that HAProxy does not answer is none of it.
    /// </summary>
    string? Obstacle => null;

    /// <summary>Asks for a command to be made true, and waits until it is, or is known not to become so.</summary>
    /// <param name="command">What is asked for; the policy has allowed it.</param>
    /// <param name="cancellationToken">Ends the waiting. The command, once taken, is carried out all the same.</param>
    /// <returns>The truth about the command at the time of the answer.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended the waiting.</exception>
    Task<MappingOutcome> SubmitAsync(MappingCommand command, CancellationToken cancellationToken);

    /// <summary>Finds out what would be done for a command. Neither a file nor HAProxy is changed.</summary>
    /// <param name="command">What would be asked for; the policy has allowed it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What would be done, or why it would not be.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended it.</exception>
    Task<MappingPlan> PlanAsync(MappingCommand command, CancellationToken cancellationToken);

    /// <summary>Tells what becomes of mappings, of all owners, while it happens.</summary>
    /// <remarks>
    /// The last events are kept, some thousands of them. A reader that falls further behind, or asks for events that are
    /// gone, gets one <see cref="PhoneHomeEventKind.Gap"/> for all that it missed.
    /// </remarks>
    /// <param name="after">The <see cref="PhoneHomeEvent.Sequence"/> behind which to begin; null: only what is new.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The events, without end; they count from this call on, not from the first look.</returns>
    IAsyncEnumerable<PhoneHomeEvent> WatchAsync(long? after, CancellationToken cancellationToken);
}
