using System.Globalization;
using HaproxyKit.Expressions;
using HaproxyKit.Model;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>The texts of a mapping's two sections: all that they depend on stands in them.</summary>
/// <param name="options">How the sections are written.</param>
internal sealed class MappingText(MappingSectionOptions options)
{
    private readonly MappingServers _servers = new(options);

    internal string Frontend(Mapping mapping)
    {
        var config = new HaproxyConfig();
        config.Frontends.Add(mapping.FrontendName, frontend =>
        {
            frontend.Comments = [MappingMarker.Text(mapping), "Written by HaproxyKit; what is changed here by hand is undone."];
            frontend.Directives.Add("enabled");
            frontend.Mode = ProxyMode.Tcp;
            frontend.Binds.Add(Address.Parse(BindText(mapping.FrontendPort)));
            frontend.Directives.Add("maxconn", "0");
            frontend.Directives.Add("rate-limit", "sessions", "0");
            frontend.Options["tcplog"] = true;
            frontend.Directives.Add("log-format-sd", "-");
            frontend.Directives.Add("error-log-format", "%ci:%cp [%t] %ft %ts");
            frontend.Timeouts.Client = options.IdleTimeout;
            frontend.DefaultBackend = mapping.BackendName;
        });
        return config.ToString();
    }

    internal string Backend(Mapping mapping)
    {
        var config = new HaproxyConfig();
        config.Backends.Add(mapping.BackendName, backend =>
        {
            backend.Comments = [MappingMarker.Text(mapping)];
            backend.Directives.Add("enabled");
            backend.Mode = ProxyMode.Tcp;
            backend.Balance = "roundrobin";
            backend.Options["transparent"] = false;
            backend.Options["tcp-check"] = true;
            backend.Directives.Add("tcp-check", "connect", "default");
            backend.Timeouts.Connect = options.ConnectTimeout;
            backend.Timeouts.Server = options.IdleTimeout;
            backend.Timeouts.Tunnel = options.IdleTimeout;
            backend.Timeouts.Queue = options.ConnectTimeout;
            backend.Timeouts.Check = options.ConnectTimeout;
            backend.Directives.Add("source", "0.0.0.0");
            _servers.Write(backend, mapping);
        });
        return config.ToString();
    }

    private string BindText(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{(options.BindAddress.Contains(':', StringComparison.Ordinal) ? $"[{options.BindAddress}]" : options.BindAddress)}:{port}");
}
