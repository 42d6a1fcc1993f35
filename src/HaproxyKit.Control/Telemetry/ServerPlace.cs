using System.Diagnostics;

namespace HaproxyKit.Control.Telemetry;

/// <summary>Where a HAProxy listens for commands, as the tags of metrics say it.</summary>
/// <param name="Address">The path of a unix socket, or a name or address.</param>
/// <param name="Port">The TCP port, or 0.</param>
internal readonly record struct ServerPlace(string Address, int Port)
{
    private const string AddressTag = "server.address";
    private const string PortTag = "server.port";

    internal void AddTo(ref TagList tags)
    {
        tags.Add(AddressTag, Address);
        if (Port != 0)
        {
            tags.Add(PortTag, Port);
        }
    }

    internal void AddTo(ActivityTagsCollection tags)
    {
        tags.Add(AddressTag, Address);
        if (Port != 0)
        {
            tags.Add(PortTag, Port);
        }
    }
}
