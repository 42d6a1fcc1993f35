using System.Net;

namespace HaproxyKit.Control.Deployment;

/// <summary>One thing that has to be done for HAProxy to follow a configuration: a Runtime API command, or a reload and why.</summary>
public abstract record DeploymentStep
{
    private DeploymentStep()
    {
    }

    /// <summary>What is done, in words a person understands.</summary>
    public abstract string Description { get; }

    /// <summary>A server gets another address at run time, without a reload (management guide, chapter 9.3, <c>set server</c>).</summary>
    /// <param name="Backend">The backend's name.</param>
    /// <param name="Server">The server's name.</param>
    /// <param name="Address">The new address.</param>
    /// <param name="Port">The new port.</param>
    /// <param name="MarkUp">Whether HAProxy holds the server down for its old address, so that it is marked up with the same command.</param>
    public sealed record SetServerAddress(string Backend, string Server, IPAddress Address, int Port, bool MarkUp) : DeploymentStep
    {
        /// <inheritdoc/>
        public override string Description => $"set {Backend}/{Server} to {new IPEndPoint(Address, Port)}{(MarkUp ? " and mark it up" : "")}";

        /// <summary>Whether the server has the address already.</summary>
        internal bool HoldsIn(RunningState state) =>
            state.Servers.TryGetValue((Backend, Server), out var server) && Address.Equals(server.Address) && Port == server.Port;
    }

    /// <summary>HAProxy must read its configuration anew.</summary>
    /// <param name="Reason">Why the Runtime API does not do.</param>
    public sealed record Reload(string Reason) : DeploymentStep
    {
        /// <inheritdoc/>
        public override string Description => $"reload: {Reason}";
    }
}
