using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using HaproxyKit.Expressions;

namespace HaproxyKit.Control.Planning;

/// <summary>Addresses and numbers that a command can carry and HAProxy does not misread.</summary>
internal static class ServerAddresses
{
    private static readonly IPAddress[] Unspecified = [IPAddress.Any, IPAddress.IPv6Any];

    /// <summary>Whether an address is a literal one with a port, to which connections can be made.</summary>
    internal static bool TryTarget(string? text, [NotNullWhen(true)] out IPAddress? address, out int port)
    {
        (address, port) = (null, 0);
        if (!Address.TryParse(text, out var read) || read is not { Prefix: "", Transport: "", IPAddress: { } ip, Port: { } number }
            || number == 0 || Unspecified.Contains(ip) || ip.IsIPv4MappedToIPv6)
        {
            return false;
        }

        (address, port) = (ip, number);
        return true;
    }

    /// <summary>Whether an address is 0.0.0.0 or <c>::</c>: that of a spare server, which is none.</summary>
    internal static bool IsUnspecified(string? text) => Address.TryParse(text, out var read) && read.IPAddress is { } ip && Unspecified.Contains(ip);

    /// <summary>Whether a word is a literal address without a port.</summary>
    internal static bool TryLiteral(string? text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = Address.TryParse(text, out var read) && read is { Prefix: "", Transport: "", PortText: "" } ? read.IPAddress : null;
        return address is not null && !Unspecified.Contains(address) && !address.IsIPv4MappedToIPv6;
    }

    /// <summary>Whether a word is a number within bounds, written as HAProxy and we read it alike.</summary>
    internal static bool TryNumber(string? text, int min, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min && number <= max;

    /// <summary>Whether a word is a port.</summary>
    internal static bool TryPort(string? text, out int port) => TryNumber(text, 1, IPEndPoint.MaxPort, out port);
}
