using System.Net;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>Refuses to start with a policy that cannot be read.</summary>
internal sealed class PhoneHomePolicyOptionsValidator : IValidateOptions<PhoneHomePolicyOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PhoneHomePolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        CheckPorts(nameof(options.FrontendPorts), options.FrontendPorts, failures);
        CheckPorts(nameof(options.NodePorts), options.NodePorts, failures);
        CheckNetworks(nameof(options.NodeNetworks), options.NodeNetworks, failures);
        CheckNetworks(nameof(options.TrustedProxies), options.TrustedProxies, failures);
        if (options.AddressRule is { } rule && !Enum.IsDefined(rule))
        {
            failures.Add($"{PhoneHomePolicyOptions.SectionName}:AddressRule must be Caller, AnyInNetwork or Any");
        }

        if (options.AddressRule == AddressRule.AnyInNetwork && options.NodeNetworks.Count == 0)
        {
            failures.Add($"{PhoneHomePolicyOptions.SectionName}:AddressRule AnyInNetwork needs an entry in NodeNetworks");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckPorts(string member, string text, List<string> failures)
    {
        if (!PortRanges.TryParse(text, out _, out var problem))
        {
            failures.Add($"{PhoneHomePolicyOptions.SectionName}:{member} {problem}");
        }
    }

    private static void CheckNetworks(string member, IList<string> networks, List<string> failures)
    {
        for (var i = 0; i < networks.Count; i++)
        {
            if (!IsNetwork(networks[i]))
            {
                failures.Add(
                    $"{PhoneHomePolicyOptions.SectionName}:{member}:{i} is not a network such as 203.0.113.0/24, "
                    + "with no bit set behind its prefix");
            }
        }
    }

    /// <summary>
    /// Strict, since the parser clears bits behind the prefix: 203.0.113.7/2 would silently be a quarter of all
    /// addresses.
    /// IPv4-mapped networks hold nothing, as such addresses are judged as IPv4.
    /// </summary>
    private static bool IsNetwork(string? text) =>
        IPNetwork.TryParse(text, out var network)
        && !network.BaseAddress.IsIPv4MappedToIPv6
        && text.AsSpan().IndexOf('/') is > 0 and var slash
        && IPAddress.TryParse(text.AsSpan(0, slash), out var written)
        && written.Equals(network.BaseAddress);
}
