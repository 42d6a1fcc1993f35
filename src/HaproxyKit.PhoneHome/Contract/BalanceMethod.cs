namespace HaproxyKit.PhoneHome.Contract;

/// <summary>
/// How a node is chosen for a connection (configuration manual, 4.2, <c>balance</c>). With each of them nodes come, go and change their weight at
/// run time; HAProxy's other ways are not offered.
/// </summary>
public enum BalanceMethod
{
    /// <summary>One after another, as often as the weights say: <c>roundrobin</c>.</summary>
    RoundRobin,

    /// <summary>The one with the fewest connections by its weight, fit for long ones: <c>leastconn</c>.</summary>
    LeastConnections,

    /// <summary>The less busy of two that are drawn by chance: <c>random</c>.</summary>
    Random,

    /// <summary>
    /// By the client's address: <c>source</c>, with <c>hash-type consistent</c>, since without it HAProxy takes new servers and weights only when it
    /// starts, and a node that comes or goes would move nearly all clients.
    /// </summary>
    Source,
}
