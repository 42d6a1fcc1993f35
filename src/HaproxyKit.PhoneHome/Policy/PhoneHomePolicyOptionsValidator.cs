using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>Refuses to start with a policy that cannot be read.</summary>
internal sealed class PhoneHomePolicyOptionsValidator : IValidateOptions<PhoneHomePolicyOptions>
{
    private const int MaxFailuresPerMinute = 1000;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PhoneHomePolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        CheckPorts(nameof(options.FrontendPorts), options.FrontendPorts, failures);
        CheckPorts(nameof(options.NodePorts), options.NodePorts, failures);
        CheckNetworks(nameof(options.NodeNetworks), options.NodeNetworks, failures);
        CheckNetworks(nameof(options.TrustedProxies), options.TrustedProxies, failures);
        CheckNetworks(nameof(options.BalancerNetworks), options.BalancerNetworks, failures);
        CheckNetworks(nameof(options.Nat64Prefixes), options.Nat64Prefixes, failures);
        for (var i = 0; i < options.AllowedBindAddresses.Count; i++)
        {
            if (!AddressText.TryRead(options.AllowedBindAddresses[i], out _, out _))
            {
                failures.Add($"{PhoneHomePolicyOptions.SectionName}:{nameof(options.AllowedBindAddresses)}:{i} must be an IPv4 or IPv6 address in its canonical form");
            }
        }

        if (options.FailuresPerMinute is < 1 or > MaxFailuresPerMinute)
        {
            failures.Add($"{PhoneHomePolicyOptions.SectionName}:FailuresPerMinute must be from 1 to {MaxFailuresPerMinute}");
        }

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
            if (!NetworkText.TryRead(networks[i], out _))
            {
                failures.Add($"{PhoneHomePolicyOptions.SectionName}:{member}:{i} {NetworkText.Rule}");
            }
        }
    }
}
