using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>The texts of a mapping's two sections: all that they depend on stands in them.</summary>
/// <param name="options">How the sections are written.</param>
internal sealed class MappingText(MappingSectionOptions options)
{
    /// <summary>How many clients are remembered at once; their memory is taken when they come.</summary>
    private const string StickTableSize = "100k";

    private readonly MappingServers _servers = new(options);

    internal string Frontend(Mapping mapping)
    {
        var config = new HaproxyConfig();
        config.Frontends.Add(mapping.FrontendName, frontend =>
        {
            frontend.Comments = [MappingMarker.Text(mapping), "Written by HaproxyKit; PhoneHome:Mappings:HandEdits says what becomes of changes by hand."];
            frontend.Directives.Add("enabled");
            frontend.Mode = ProxyMode.Tcp;
            frontend.Binds.Add(Address.Parse(BindText(mapping)));
            frontend.Directives.Add("maxconn", (mapping.Settings.MaxConnections ?? 0).ToString(CultureInfo.InvariantCulture));
            frontend.Directives.Add("backlog", "1024");
            frontend.Directives.Add("rate-limit", "sessions", "0");
            frontend.Options["tcplog"] = true;
            frontend.Directives.Add("log-format-sd", "-");
            frontend.Directives.Add("error-log-format", "%ci:%cp [%t] %ft %ts");
            frontend.Timeouts.Client = options.IdleTimeout;
            frontend.DefaultBackend = mapping.BackendName;
        });
        return config.ToString();
    }

    /// <param name="mapping">The mapping.</param>
    /// <param name="slots">Its nodes in their slots.</param>
    internal string Backend(Mapping mapping, ImmutableArray<MappingSlot> slots)
    {
        var config = new HaproxyConfig();
        config.Backends.Add(mapping.BackendName, backend =>
        {
            backend.Comments = [MappingMarker.Text(mapping)];
            backend.Directives.Add("enabled");
            backend.Mode = ProxyMode.Tcp;
            WriteBalance(backend, mapping.Settings);
            backend.Options["transparent"] = false;
            backend.Options["persist"] = false;
            WriteCheck(backend, mapping.Settings.Check);
            backend.Timeouts.Connect = options.ConnectTimeout;
            backend.Timeouts.Server = options.IdleTimeout;
            backend.Timeouts.Tunnel = options.IdleTimeout;
            backend.Timeouts.Queue = options.ConnectTimeout;
            backend.Timeouts.Check = mapping.Settings.Check?.Timeout ?? options.ConnectTimeout;
            backend.Directives.Add("source", "0.0.0.0");
            _servers.Write(backend, mapping, slots);
        });
        return config.ToString();
    }

    private void WriteBalance(Backend backend, MappingSettings settings)
    {
        var balance = settings.Balance ?? BalanceMethod.RoundRobin;
        backend.Balance = SettingWords.Of(balance);
        if (balance == BalanceMethod.Source)
        {
            // A table that is made once, at the start, takes no server and no weight at run time.
            backend.Directives.Add("hash-type", "consistent");
        }

        if (settings.Stickiness is { } time && time > TimeSpan.Zero)
        {
            // An IPv4 address has its place among those of IPv6, and not the other way round.
            string[] peers = options.Peers is { } name ? ["peers", name] : [];
            backend.Directives.Add("stick-table", ["type", "ipv6", "size", StickTableSize, "expire", HaproxyTime.Format(time), .. peers]);
            backend.Directives.Add("stick", "on", "src");
        }
    }

    private static void WriteCheck(Backend backend, NodeCheck? check)
    {
        if (check?.Kind != HealthCheckKind.Http)
        {
            backend.Options["tcp-check"] = true;
            backend.Directives.Add("tcp-check", "connect", "default");
            return;
        }

        backend.Options["httpchk"] = true;
        backend.Directives.Add("http-check", "connect", "default");
        backend.Directives.Add("http-check", "send", "meth", "GET", "uri", check.Path ?? "/");
        backend.Directives.Add("http-check", "expect", "status", "200-399");
    }

    private string BindText(Mapping mapping)
    {
        var address = mapping.Settings.BindAddress is not { } own ? options.BindAddress : own.Equals(IPAddress.Any) ? "*" : own.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{mapping.FrontendPort}");
    }
}
