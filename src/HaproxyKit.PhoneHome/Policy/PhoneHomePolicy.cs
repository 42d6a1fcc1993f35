using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>
/// Says whether a well-formed command is allowed. It knows no mappings: what belongs to whom is judged later.
/// </summary>
public sealed class PhoneHomePolicy
{
    private const string OperatorHint = "the operator can allow it by a node network of its own";

    private readonly PortRanges frontendPorts;
    private readonly PortRanges nodePorts;
    private readonly IPNetwork[] nodeNetworks;
    private readonly IPNetwork[] trustedProxies;
    private readonly IPAddress[] bindAddresses;
    private readonly AddressRule addressRule;
    private readonly SpecialRange[] special;
    private readonly MachineAddresses machine;

    /// <summary>Reads the policy from its options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="OptionsValidationException">The options cannot be read; the message names each that is
    /// wrong.</exception>
    public PhoneHomePolicy(IOptions<PhoneHomePolicyOptions> options)
        : this(options, new MachineAddresses(TimeProvider.System))
    {
    }

    internal PhoneHomePolicy(IOptions<PhoneHomePolicyOptions> options, MachineAddresses machine)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.machine = machine;
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
        bindAddresses = [.. value.AllowedBindAddresses.Select(text => Plain(IPAddress.Parse(text)))];
        trustedProxies = [.. value.TrustedProxies.Select(IPNetwork.Parse)];
        special =
        [
            .. SpecialRange.All,
            .. value.BalancerNetworks.Select(text => new SpecialRange(IPNetwork.Parse(text), "an address of a balancer")),
            .. value.Nat64Prefixes.Select(
                text => new SpecialRange(IPNetwork.Parse(text), "a NAT64 address, which leads to an IPv4 address")),
        ];
        addressRule = value.AddressRule ?? (nodeNetworks.Length == 0 ? AddressRule.Caller : AddressRule.AnyInNetwork);
    }

    /// <summary>Judges a command by the scope of its token and by the policy.</summary>
    /// <param name="command">The command.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="format">The format in which it came, for the names of its members.</param>
    /// <returns>
    /// Everything that is forbidden; empty where the command is allowed. Of a member outside the scope only that is said: what
    /// the policy thinks of it is not the caller's to know.
    /// </returns>
    public IReadOnlyList<FieldProblem> Judge(MappingCommand command, TokenScope scope, RequestFormat format)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var outside = scope.Judge(command, format);
        var forbidden = Judge(command, format);
        return outside.Count == 0
            ? forbidden
            : [.. outside, .. forbidden.Where(problem => !outside.Any(other => other.Field == problem.Field))];
    }

    /// <summary>Judges a command by the policy alone.</summary>
    /// <param name="command">The command. Of a delete only the frontend port is judged: it sends no traffic
    /// anywhere.</param>
    /// <param name="format">The format in which it came, for the names of its members.</param>
    /// <returns>Everything that is forbidden; empty where the command is allowed.</returns>
    public IReadOnlyList<FieldProblem> Judge(MappingCommand command, RequestFormat format)
    {
        ArgumentNullException.ThrowIfNull(command);
        var names = FieldNames.For(format);
        List<FieldProblem> problems = [];
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

        if (command.Settings.BindAddress is { } bind && !bindAddresses.Contains(bind))
        {
            problems.Add(new(FieldNames.BindAddress, $"is not allowed: mappings may not listen on {bind}", "leave it out, or ask the operator to allow it"));
        }

        if (JudgeAddress(command) is var (message, hint))
        {
            problems.Add(new(names.Address, message, hint));
        }

        return problems;
    }

    /// <summary>Finds the address that a call comes from, behind proxies that are trusted.</summary>
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

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static PortRanges Ports(string text) =>
        PortRanges.TryParse(text, out var ports, out var problem) ? ports : throw new FormatException(problem);

    private (string Message, string? Hint)? JudgeAddress(MappingCommand command)
    {
        var address = Plain(command.Address);
        foreach (var range in special)
        {
            if (range.Network.Contains(address) && !range.IsNamedBy(nodeNetworks, address))
            {
                return ($"is not allowed: {address} is {range.Name}", OperatorHint);
            }
        }

        if (machine.Contains(address) && !SpecialRange.Only(address, "").IsNamedBy(nodeNetworks, address))
        {
            return ($"is not allowed: {address} is an address of the balancer itself", OperatorHint);
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
