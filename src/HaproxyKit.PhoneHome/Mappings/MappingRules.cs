using System.Net;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>Tells mappings that calls can make from those that a broken or hand-written file says.</summary>
internal static class MappingRules
{
    internal static bool IsPort(int port) => port is >= IPEndPoint.MinPort + 1 and <= IPEndPoint.MaxPort;

    internal static bool IsSound(Mapping mapping) =>
        TextRules.IsName(mapping.Name)
        && TextRules.IsName(mapping.Owner)
        && IsPort(mapping.FrontendPort)
        && mapping.Lease.TotalSeconds is >= PhoneHomeLimits.MinLeaseSeconds and <= PhoneHomeLimits.MaxLeaseSeconds
        && Enum.IsDefined(mapping.SendProxy)
        && mapping.Nodes.All(IsSound)
        && mapping.Nodes.Select(node => node.Node).Distinct(StringComparer.Ordinal).Count() == mapping.Nodes.Length;

    private static bool IsSound(MappingNode node) =>
        (node.Node is null || TextRules.IsLabel(node.Node, PhoneHomeLimits.MaxNodeLength))
        && !node.Address.IsIPv4MappedToIPv6
        && IsPort(node.Port)
        && node.Weight is >= PhoneHomeLimits.MinWeight and <= PhoneHomeLimits.MaxWeight
        && node.Instances.All(instance => TextRules.IsLabel(instance, PhoneHomeLimits.MaxInstanceLength));
}
