using System.Net;

namespace HaproxyKit.Control.Planning.Steps;

/// <summary>A step about one server.</summary>
/// <param name="Backend">The name of its backend or listen section.</param>
/// <param name="Server">The server's name.</param>
public abstract record ServerStep(string Backend, string Server) : RuntimeStep
{
    /// <inheritdoc/>
    public sealed override string? Proxy => Backend;

    /// <summary>The server as people and HAProxy write it.</summary>
    private protected string Place => $"{Backend}/{Server}";

    /// <summary>An address, a port, or both, for people.</summary>
    private protected static string Target(IPAddress? address, int? port) =>
        address is null ? $"port {port}" : port is { } number ? new IPEndPoint(address, number).ToString() : address.ToString();

    internal override bool ShowsInServersState => true;

    internal sealed override bool HoldsIn(RunningState state) =>
        state.Servers.TryGetValue((Backend, Server), out var server) ? HoldsIn(server) : HoldsWithout;

    /// <summary>Whether the step is done where there is no such server.</summary>
    private protected virtual bool HoldsWithout => false;

    /// <summary>Whether the server is as wanted.</summary>
    private protected abstract bool HoldsIn(RunningServer server);
}
