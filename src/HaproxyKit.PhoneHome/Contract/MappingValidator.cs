using System.Net;
using System.Net.Sockets;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>
/// Turns requests into commands, or says everything that is wrong with them. It never throws on content.
/// </summary>
public static class MappingValidator
{
    private const string PortMessage = "must be a port from 1 to 65535";
    private const string PortHint = "write it in plain digits";

    /// <summary>Reads and judges the body of a call.</summary>
    /// <param name="utf8">The body; the caller has bounded it to <see cref="PhoneHomeLimits.MaxBodyBytes"/>.</param>
    /// <param name="format">The format in which it is written.</param>
    /// <param name="origin">Who calls.</param>
    /// <param name="action">What a request in our format asks for where it names no action.</param>
    /// <returns>The command, or every problem.</returns>
    public static MappingValidation Validate(
        ReadOnlySpan<byte> utf8, RequestFormat format, CallOrigin origin, MappingAction action = MappingAction.Add)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (format == RequestFormat.Incumbent)
        {
            var incumbent = RequestReader.ReadIncumbent(utf8);
            return Judge(incumbent.Request, origin, incumbent.Problems);
        }

        var reading = RequestReader.ReadPhoneHome(utf8);
        var request = action == MappingAction.Delete && reading.Request.Action is null
            ? reading.Request with { Action = "delete" }
            : reading.Request;
        return Judge(request, origin, reading.Problems);
    }

    /// <summary>Judges a request in our format.</summary>
    /// <param name="request">The request.</param>
    /// <param name="origin">Who calls.</param>
    /// <returns>The command, or every problem.</returns>
    public static MappingValidation Validate(PhoneHomeRequest request, CallOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(origin);
        return Judge(request, origin, new FieldProblems());
    }

    /// <summary>Judges a request in the incumbent's format.</summary>
    /// <param name="request">The request.</param>
    /// <param name="origin">Who calls.</param>
    /// <returns>The command, or every problem.</returns>
    public static MappingValidation Validate(IncumbentRequest request, CallOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(origin);
        return Judge(request, origin, new FieldProblems());
    }

    private static MappingValidation Judge(PhoneHomeRequest request, CallOrigin origin, FieldProblems problems)
    {
        if (problems.Has(""))
        {
            return new(null, problems.InOrder());
        }

        var names = FieldNames.For(RequestFormat.PhoneHome);
        var action = ReadAction(request.Action ?? "add", names, problems);
        var isAdd = action == MappingAction.Add;
        var name = ReadName(request.Name, names, problems);
        var frontendPort = ReadPort(request.FrontendPort, names.FrontendPort, isRequired: true, problems);
        var nodePort = ReadPort(request.NodePort, names.NodePort, isRequired: isAdd, problems);
        var address = request.Address is null && !problems.Has(names.Address)
            ? CallersAddress(isAdd, names, origin, problems)
            : ReadAddress(request.Address, names, problems);
        var node = ReadLabel(request.Node, FieldNames.Node, PhoneHomeLimits.MaxNodeLength, problems);
        var instance = ReadLabel(request.Instance, FieldNames.Instance, PhoneHomeLimits.MaxInstanceLength, problems);
        var sendProxy = ReadSendProxy(request.SendProxy, names, problems);
        if (request.Lease is < PhoneHomeLimits.MinLeaseSeconds or > PhoneHomeLimits.MaxLeaseSeconds)
        {
            problems.Add(
                FieldNames.Lease,
                $"must be from {PhoneHomeLimits.MinLeaseSeconds} to {PhoneHomeLimits.MaxLeaseSeconds} seconds");
        }

        var weight = SettingsReader.ReadCount(
            request.Weight, FieldNames.Weight, PhoneHomeLimits.MinWeight, PhoneHomeLimits.MaxWeight, problems);
        var settings = SettingsReader.Read(request.Settings, problems);
        if (problems.Count > 0)
        {
            return new(
                null,
                problems.InOrder(
                    names.Name, names.FrontendPort, names.NodePort, names.Address, FieldNames.Node, FieldNames.Instance,
                    names.Action, names.SendProxy, FieldNames.Lease, FieldNames.Weight, FieldNames.BindAddress, FieldNames.Check,
                    FieldNames.CheckKind, FieldNames.CheckPath, FieldNames.CheckInterval, FieldNames.CheckTimeout,
                    FieldNames.CheckFall, FieldNames.CheckRise, FieldNames.Balance, FieldNames.Sticky,
                    FieldNames.MaxConnections, FieldNames.Drain))
            {
                Name = NameIn(name),
                FrontendPort = PortIn(frontendPort),
            };
        }

        return new(
            new MappingCommand
            {
                Action = action,
                Name = name,
                FrontendPort = frontendPort,
                NodePort = nodePort,
                Address = address,
                Node = node,
                Instance = instance,
                SendProxy = sendProxy,
                Lease = request.Lease is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Weight = weight,
                Settings = settings == MappingSettings.Default ? MappingSettings.Default : settings,
                Owner = origin.Owner,
                SignedAt = origin.SignedAt,
                CallerAddress = origin.Address,
            },
            [])
        {
            Name = name,
            FrontendPort = frontendPort,
        };
    }

    private static MappingValidation Judge(IncumbentRequest request, CallOrigin origin, FieldProblems problems)
    {
        if (problems.Has(""))
        {
            return new(null, problems.InOrder());
        }

        var names = FieldNames.For(RequestFormat.Incumbent);
        var action = ReadAction(request.Action, names, problems);
        var name = ReadName(request.Name, names, problems);
        var frontendPort = ReadPort(request.FrontendPort, names.FrontendPort, problems);
        var nodePort = ReadPort(request.NodePort, names.NodePort, problems);
        var address = ReadAddress(request.Address, names, problems);
        var sendProxy = ReadIncumbentSendProxy(request.SendProxy, names, problems);
        if (problems.Count > 0)
        {
            return new(
                null,
                problems.InOrder(
                    names.Address, names.FrontendPort, names.NodePort, names.Action, names.Name, names.SendProxy))
            {
                Name = NameIn(name),
                FrontendPort = PortIn(frontendPort),
            };
        }

        return new(
            new MappingCommand
            {
                Action = action,
                Name = name,
                FrontendPort = frontendPort,
                NodePort = nodePort,
                Address = address,
                SendProxy = sendProxy,
                Owner = origin.Owner,
                SignedAt = origin.SignedAt,
                CallerAddress = origin.Address,
            },
            [])
        {
            Name = name,
            FrontendPort = frontendPort,
        };
    }

    private static MappingAction ReadAction(string? text, FieldNames names, FieldProblems problems)
    {
        if (problems.Present(text, names.Action) && text is not ("add" or "delete"))
        {
            problems.Add(names.Action, "must be add or delete");
        }

        return string.Equals(text, "delete", StringComparison.Ordinal) ? MappingAction.Delete : MappingAction.Add;
    }

    private static string ReadName(string? text, FieldNames names, FieldProblems problems)
    {
        if (problems.Present(text, names.Name) && !TextRules.IsName(text))
        {
            problems.Add(names.Name, "must be " + TextRules.NameRule);
        }

        return text ?? "";
    }

    private static string? NameIn(string text) => TextRules.IsName(text) ? text : null;

    private static int? PortIn(int number) => PortText.IsPort(number) ? number : null;

    private static int ReadPort(int? number, string field, bool isRequired, FieldProblems problems)
    {
        if (number is null && isRequired)
        {
            problems.Add(field, "is missing");
        }
        else if (number is { } port && !PortText.IsPort(port))
        {
            problems.Add(field, PortMessage);
        }

        return number ?? 0;
    }

    private static int ReadPort(string? text, string field, FieldProblems problems)
    {
        if (problems.Present(text, field) && PortText.TryRead(text, out var port))
        {
            return port;
        }

        problems.Add(field, PortMessage, PortHint);
        return 0;
    }

    private static IPAddress CallersAddress(bool isAdd, FieldNames names, CallOrigin origin, FieldProblems problems)
    {
        if (!isAdd)
        {
            return IPAddress.None;
        }

        if (origin.Address is null)
        {
            problems.Add(names.Address, "is missing, and the address that the call comes from is not known");
        }
        else if (origin.Address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 })
        {
            problems.Add(names.Address, "is missing, and the call comes from an address that is valid on its link alone");
        }

        return origin.Address ?? IPAddress.None;
    }

    private static IPAddress ReadAddress(string? text, FieldNames names, FieldProblems problems)
    {
        string? hint = null;
        if (problems.Present(text, names.Address) && AddressText.TryRead(text, out var address, out hint))
        {
            return address;
        }

        problems.Add(
            names.Address,
            "must be an IPv4 or IPv6 address in its canonical form",
            hint ?? "a host name, a zone, brackets and a port are not taken");
        return IPAddress.None;
    }

    private static string? ReadLabel(string? text, string field, int maxLength, FieldProblems problems)
    {
        if (text is not null && !TextRules.IsLabel(text, maxLength))
        {
            problems.Add(field, $"must be of letters, digits, _ . : and -, {maxLength} at most");
        }

        return text;
    }

    private static ProxyProtocol ReadSendProxy(string? text, FieldNames names, FieldProblems problems)
    {
        switch (text)
        {
            case null or "": return ProxyProtocol.None;
            case "v1": return ProxyProtocol.V1;
            case "v2": return ProxyProtocol.V2;
            default:
                problems.Add(names.SendProxy, "must be v1, v2 or empty");
                return ProxyProtocol.None;
        }
    }

    private static ProxyProtocol ReadIncumbentSendProxy(string? text, FieldNames names, FieldProblems problems)
    {
        switch (text)
        {
            case null or "" or "false" or "no" or "0": return ProxyProtocol.None;
            case "send-proxy" or "v1" or "true" or "yes" or "1": return ProxyProtocol.V1;
            case "send-proxy-v2" or "v2": return ProxyProtocol.V2;
            default:
                problems.Add(names.SendProxy, "must be send-proxy, send-proxy-v2, true, false or empty");
                return ProxyProtocol.None;
        }
    }
}
