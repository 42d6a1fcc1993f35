using HaproxyKit.Catalog;

namespace HaproxyKit.Expressions;

/// <summary>Which forms each place takes.</summary>
internal static class AddressPlaces
{
    private const AddressForms Connected = AddressForms.Stream | AddressForms.Unix;
    private const AddressForms Sent = AddressForms.Stream | AddressForms.Datagram | AddressForms.Unix;
    private const AddressForms Listening =
        AddressForms.List | AddressForms.Unix | AddressForms.PortRange | AddressForms.PortNeeded;

    private static readonly HaproxyVersion LogServers = new(2, 9);

    internal static AddressForms FormsOf(AddressUse use, HaproxyVersion version) => use switch
    {
        AddressUse.Bind =>
            Listening | AddressForms.Stream | AddressForms.Descriptor | AddressForms.SocketPair
            | AddressForms.ReverseHttp,
        AddressUse.DatagramBind => Listening | AddressForms.Datagram,
        AddressUse.Server =>
            Connected | AddressForms.SocketPair | AddressForms.ReverseHttp | AddressForms.PortOffset | AddressForms.LateHost
            | (version < LogServers ? AddressForms.None : AddressForms.Datagram),
        AddressUse.ServerSource => Connected | AddressForms.PortRange,
        AddressUse.Socks => Connected | AddressForms.PortNeeded,
        AddressUse.Peer =>
            Connected | (version < HaproxyVersion.V3_0 ? AddressForms.PortOffset : AddressForms.PortNeeded),
        AddressUse.RingServer => Connected | AddressForms.PortOffset,
        AddressUse.Mailer => AddressForms.Stream | AddressForms.PortNeeded,
        AddressUse.Nameserver => Sent | AddressForms.PortNeeded,
        AddressUse.Log => Sent | AddressForms.Descriptor,
        _ => Connected,
    };
}
