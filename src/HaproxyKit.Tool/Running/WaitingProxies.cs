using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Running;

/// <summary>
/// What a file says is there for calls still to come: frontends of mappings without a node, which the webhook closes at run time, and spare servers.
/// </summary>
/// <param name="Frontends">The names of those frontends.</param>
/// <param name="Servers">Those servers, as <c>BACKEND/NAME</c>.</param>
internal sealed record WaitingProxies(IReadOnlySet<string> Frontends, IReadOnlySet<string> Servers)
{
    /// <summary>How the comment above a mapping's section begins and ends: part of the contract with the webhook.</summary>
    private const string Marker = "haproxykit mapping ";
    private const string Closed = " closed";
    private const string Prefix = "phonehome_";

    internal static WaitingProxies None { get; } = new(FrozenSet<string>.Empty, FrozenSet<string>.Empty);

    /// <summary>Finds them in a file.</summary>
    internal static WaitingProxies In(ConfigDocument document)
    {
        var config = new HaproxyConfig(document);
        var spare = from backend in config.Backends
                    from server in backend.Directives.OfType<Server>()
                    where server.Address.IPAddress is { } address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
                    select $"{backend.Name}/{server.Name}";
        return new WaitingProxies(
            config.Frontends.Where(IsClosed).Select(frontend => frontend.Name).ToHashSet(StringComparer.Ordinal),
            spare.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Whether a marker says so that repeats the section's own name and port: what somebody has copied is no mapping.</summary>
    private static bool IsClosed(Frontend frontend) =>
        frontend.Name.StartsWith(Prefix, StringComparison.Ordinal)
        && frontend.Comments.FirstOrDefault(comment => comment.StartsWith(Marker, StringComparison.Ordinal)) is { } marker
        && marker.EndsWith(Closed, StringComparison.Ordinal)
        && marker[Marker.Length..].Split(' ')[0] is var subject
        && subject.LastIndexOf(':') is > 0 and var colon
        && int.TryParse(subject.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && (frontend.Name == string.Create(CultureInfo.InvariantCulture, $"{Prefix}{port}")
            || frontend.Name == string.Create(CultureInfo.InvariantCulture, $"{Prefix}{port}_{subject[..colon]}"));
}
