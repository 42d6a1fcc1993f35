using System.Net;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>What a token may map: ports, names, nodes and actions. What is outside it, its holder learns nothing about.</summary>
public sealed class TokenScope
{
    private const string Refusal = "is outside what this token may ask for";

    private readonly PortRanges frontendPorts;
    private readonly NamePattern[] names;
    private readonly IPNetwork[] nodeNetworks;
    private readonly IPAddress[] bindAddresses;
    private readonly TokenActions actions;

    private TokenScope(PortRanges frontendPorts, NamePattern[] names, IPNetwork[] nodeNetworks, IPAddress[] bindAddresses, TokenActions actions) =>
        (this.frontendPorts, this.names, this.nodeNetworks, this.bindAddresses, this.actions) = (frontendPorts, names, nodeNetworks, bindAddresses, actions);

    /// <summary>Whether the token may ask for something, wherever it be.</summary>
    /// <param name="action">One action, or several.</param>
    /// <returns>True where it may ask for all of them.</returns>
    public bool Allows(TokenActions action) => (actions & action) == action;

    /// <summary>Whether the token may know of a mapping of its owner.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <returns>True where its port and its name are within the scope.</returns>
    public bool Allows(MappingStatus mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return frontendPorts.Contains(mapping.FrontendPort) && AllowsName(mapping.Name);
    }

    /// <summary>Judges a command.</summary>
    /// <param name="command">The command. Of a delete the addresses have no meaning and are not judged.</param>
    /// <param name="format">The format in which it came, for the names of its members.</param>
    /// <returns>Each member that is outside the scope; empty where the command is within it.</returns>
    public IReadOnlyList<FieldProblem> Judge(MappingCommand command, RequestFormat format)
    {
        ArgumentNullException.ThrowIfNull(command);
        var isAdd = command.Action == MappingAction.Add;
        var fields = FieldNames.For(format);
        List<FieldProblem>? problems = null;
        Require(AllowsName(command.Name), fields.Name);
        Require(frontendPorts.Contains(command.FrontendPort), fields.FrontendPort);
        Require(!isAdd || AllowsNode(command.Address), fields.Address);
        Require(
            !isAdd || AllowsBind(command.Settings.BindAddress),
            FieldNames.BindAddress,
            command.Settings.BindAddress is null ? "must be there: this token's mappings do not listen where all others do" : Refusal);
        Require(Allows(isAdd ? TokenActions.Add : TokenActions.Delete), fields.Action);
        return problems ?? (IReadOnlyList<FieldProblem>)[];

        void Require(bool isAllowed, string field, string message = Refusal)
        {
            if (!isAllowed)
            {
                (problems ??= []).Add(new FieldProblem(field, message));
            }
        }
    }

    /// <summary>Reads a scope from a token's settings.</summary>
    /// <param name="entry">The settings.</param>
    /// <param name="problems">Gets what is wrong, each as the end of a sentence that begins with the token's place.</param>
    /// <returns>The scope, or null where a problem was added.</returns>
    internal static TokenScope? TryRead(TokenEntry entry, List<string> problems)
    {
        var before = problems.Count;
        if (!PortRanges.TryParse(entry.FrontendPorts, out var ports, out var problem))
        {
            problems.Add($"{nameof(entry.FrontendPorts)} {problem}");
        }

        var patterns = new List<NamePattern>();
        foreach (var text in Parts(entry.Names))
        {
            if (NamePattern.TryParse(text, out var pattern))
            {
                patterns.Add(pattern);
            }
            else
            {
                problems.Add($"{nameof(entry.Names)} has '{text}', which is no name with or without *");
            }
        }

        if (patterns.Count == 0 && problems.Count == before)
        {
            problems.Add($"{nameof(entry.Names)} is empty: * stands for every name");
        }

        var networks = new List<IPNetwork>();
        foreach (var text in Parts(entry.NodeNetworks))
        {
            if (NetworkText.TryRead(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                problems.Add($"{nameof(entry.NodeNetworks)} has '{text}', which {NetworkText.Rule}");
            }
        }

        var addresses = new List<IPAddress>();
        foreach (var text in Parts(entry.BindAddresses))
        {
            if (AddressText.TryRead(text, out var address, out _))
            {
                addresses.Add(address);
            }
            else
            {
                problems.Add($"{nameof(entry.BindAddresses)} has '{text}', which is no IPv4 or IPv6 address in its canonical form");
            }
        }

        var allowed = ReadActions(entry.Actions, problems);
        return problems.Count == before ? new TokenScope(ports!, [.. patterns], [.. networks], [.. addresses], allowed) : null;
    }

    private static TokenActions ReadActions(string text, List<string> problems)
    {
        var allowed = TokenActions.None;
        foreach (var part in Parts(text))
        {
            var action = part switch
            {
                "add" => TokenActions.Add,
                "delete" => TokenActions.Delete,
                "list" => TokenActions.List,
                _ => TokenActions.None,
            };
            if (action == TokenActions.None)
            {
                problems.Add($"{nameof(TokenEntry.Actions)} has '{part}', which is none of add, delete and list");
            }

            allowed |= action;
        }

        return allowed;
    }

    private static string[] Parts(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private bool AllowsName(string name)
    {
        foreach (var pattern in names)
        {
            if (pattern.Matches(name))
            {
                return true;
            }
        }

        return false;
    }

    private bool AllowsBind(IPAddress? address) =>
        bindAddresses.Length == 0 || (address is not null && Array.Exists(bindAddresses, address.Equals));

    private bool AllowsNode(IPAddress address)
    {
        if (nodeNetworks.Length == 0)
        {
            return true;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(nodeNetworks, network => network.Contains(plain));
    }
}
