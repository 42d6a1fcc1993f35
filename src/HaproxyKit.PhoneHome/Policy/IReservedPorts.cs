namespace HaproxyKit.PhoneHome.Policy;

/// <summary>Knows ports that something else on this machine has, whether it listens at the moment or not.</summary>
public interface IReservedPorts
{
    /// <summary>Who has a port.</summary>
    /// <param name="port">The port.</param>
    /// <returns>Words for a caller, such as <c>the webhook listens there</c>, or null where nobody known has it.</returns>
    string? Find(int port);
}
