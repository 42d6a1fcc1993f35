namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Takes commands and makes HAProxy follow them.</summary>
public interface IPhoneHome
{
    /// <summary>The mappings that exist now, by frontend port. A snapshot: it does not change once returned.</summary>
    IReadOnlyList<MappingStatus> Mappings { get; }

    /// <summary>Asks for a command to be made true, and waits until it is, or is known not to become so.</summary>
    /// <param name="command">What is asked for; the policy has allowed it.</param>
    /// <param name="cancellationToken">Ends the waiting. The command, once taken, is carried out all the same.</param>
    /// <returns>The truth about the command at the time of the answer.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended the waiting.</exception>
    Task<MappingOutcome> SubmitAsync(MappingCommand command, CancellationToken cancellationToken);
}
