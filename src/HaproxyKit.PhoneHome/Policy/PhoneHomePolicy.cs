using System.Net;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>
/// Says whether a well-formed command is allowed. It knows no mappings: what belongs to whom is judged later.
/// </summary>
public sealed class PhoneHomePolicy
{
    private readonly PortRanges frontendPorts;
    private readonly PortRanges nodePorts;
    private readonly IPNetwork[] nodeNetworks;
    private readonly IPNetwork[] trustedProxies;
    private readonly AddressRule addressRule;

    /// <summary>Reads the policy from its options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="OptionsValidationException">The options cannot be read; the message names each that is
    /// wrong.</exception>
    public PhoneHomePolicy(IOptions<PhoneHomePolicyOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var value = options.Value;
        var judged = new PhoneHomePolicyOptionsValidator().Validate(null, value);
        if (judged.Failed)
        {
            throw new OptionsValidationException(
                nameof(PhoneHomePolicyOptions), typeof(PhoneHomePolicyOptions), judged.Failures);
        }

        frontendPorts = Ports(value.FrontendPorts);
        nodePorts = Ports(value.NodePorts);
        nodeNetworks = [.. value.NodeNetworks.Select(IPNetwork.Parse)];
        trustedProxies = [.. value.TrustedProxies.Select(IPNetwork.Parse)];
        addressRule = value.AddressRule ?? (nodeNetworks.Length == 0 ? AddressRule.Caller : AddressRule.AnyInNetwork);
    }

    /// <summary>Judges a command.</summary>
    /// <param name="command">The command. Of a delete only the frontend port is judged: it sends no traffic
    /// anywhere.</param>
    /// <param name="format">The format in which it came, for the names of its members.</param>
    /// <returns>Everything that is forbidden; empty where the command is allowed.</returns>
    public IReadOnlyList<FieldProblem> Judge(MappingCommand command, RequestFormat format)
    {
        ArgumentNullException.ThrowIfNull(command);
        var names = FieldNames.For(format);
        var problems = new List<FieldProblem>();
        if (!frontendPorts.Contains(command.FrontendPort))
        {
            problems.Add(new(names.FrontendPort, $"is not allowed: the frontend ports are {frontendPorts}"));
        }

        if (command.Action == MappingAction.Delete)
        {
            return problems;
        }

        if (!nodePorts.Contains(command.NodePort))
        {
            problems.Add(new(names.NodePort, $"is not allowed: the node ports are {nodePorts}"));
        }

        if (JudgeAddress(command) is var (message, hint))
        {
            problems.Add(new(names.Address, message, hint));
        }

        return problems;
    }

    /// <summary>Finds the address that a call comes from, behind proxies that are trusted (rule 22).</summary>
    /// <param name="remote">The address at the other end of the connection, or null where it has none.</param>
    /// <param name="forwardedFor">The values of <c>X-Forwarded-For</c> in the order in which they stand.</param>
    /// <returns>
    /// The rightmost hop that is no trusted proxy; null where <paramref name="remote"/> is null, or where a trusted
    /// proxy
    /// tells of a hop that is no address.
    /// </returns>
    public IPAddress? FindCaller(IPAddress? remote, IEnumerable<string?> forwardedFor)
    {
        ArgumentNullException.ThrowIfNull(forwardedFor);
        return ForwardedCaller.Find(remote, forwardedFor, trustedProxies);
    }

    private static PortRanges Ports(string text) =>
        PortRanges.TryParse(text, out var ports, out var problem) ? ports : throw new FormatException(problem);

    private (string Message, string? Hint)? JudgeAddress(MappingCommand command)
    {
        var address = command.Address.IsIPv4MappedToIPv6 ? command.Address.MapToIPv4() : command.Address;
        foreach (var range in SpecialRange.All)
        {
            if (range.Network.Contains(address) && !range.IsNamedBy(nodeNetworks, address))
            {
                return ($"is not allowed: {address} is {range.Name}", "the operator can allow it by a node network of its own");
            }
        }

        if (addressRule == AddressRule.Caller && !address.Equals(command.CallerAddress))
        {
            var caller = command.CallerAddress?.ToString() ?? "an unknown address";
            return ($"is not allowed: a caller may name only its own address, and this call comes from {caller}", null);
        }

        var isBound = addressRule == AddressRule.AnyInNetwork || nodeNetworks.Length > 0 && addressRule == AddressRule.Caller;
        return isBound && !Array.Exists(nodeNetworks, network => network.Contains(address))
            ? ($"is not allowed: {address} is in none of the node networks", null)
            : null;
    }
}
