namespace HaproxyKit.Benchmarks.Inputs;

/// <summary>
/// A configuration as people write it: one host name to one backend of about 1.2 kB with rules, comments and three to five servers, and a
/// frontend for each thousand of them. 790 mappings make 1 MB, 7,870 make 10 MB.
/// </summary>
internal static class MappingsFile
{
    private static readonly string[] Teams = ["billing", "search", "auth", "cart", "media", "reports", "admin", "mobile"];
    private static readonly string[] Domains = ["example.com", "example.net", "shop.test", "api.example.org"];
    private static readonly string[] Balances = ["roundrobin", "leastconn", "source", "uri depth 3", "first"];

    internal static byte[] Generate(int mappings)
    {
        var file = new ConfigWriter();
        file.Lines(Head);
        for (var first = 0; first < mappings; first += 1000)
        {
            WriteFrontend(file, first / 1000, first, Math.Min(mappings, first + 1000));
        }

        for (var i = 0; i < mappings; i++)
        {
            WriteRules(file, i);
            WriteServers(file, i);
        }

        return file.ToBytes();
    }

    private static string Host(int i) => $"{Teams[i % 8]}-{i:D5}.{Domains[i % 4]}";

    private static void WriteFrontend(ConfigWriter file, int number, int first, int end)
    {
        var port = 10000 + (2 * number);
        file.Line($"frontend fe_{number:D3}");
        file.Line($"    bind :{port}");
        file.Line($"    bind :{port + 1} name alt_{number:D3} backlog 4096 maxconn 20000");
        file.Lines(FrontendRules);
        for (var i = first; i < end; i++)
        {
            if (i % 50 == 0)
            {
                file.Line($"    # ---- mappings {i}.. ----");
            }

            file.Line($"    acl host_{i:D5} hdr(host) -i {Host(i)}");
        }

        for (var i = first; i < end; i++)
        {
            if (i % 7 == 3)
            {
                file.Line($"    use_backend be_{i:D5} if host_{i:D5} {{ path_beg /v{1 + (i % 3)}/ }}  # versioned API");
            }
            else
            {
                file.Line($"    use_backend be_{i:D5} if host_{i:D5}");
            }
        }

        file.Line($"    default_backend be_{first:D5}");
        file.Lines("\n");
    }

    private static void WriteRules(ConfigWriter file, int i)
    {
        file.Line($"# owner: {Teams[i % 8]}, mapping {i}");
        file.Line($"backend be_{i:D5}");
        file.Line($"    balance {Balances[i % 5]}");
        file.Lines("    option httpchk\n");
        file.Line($"    http-check send meth GET uri /healthz ver HTTP/1.1 hdr Host {Host(i)}");
        file.Lines("    http-check expect status 200-399\n");
        if (i % 3 == 0)
        {
            file.Line($"    cookie SRV{i % 10} insert indirect nocache httponly secure");
        }

        file.Line($"    timeout server {30 + (i % 60)}s");
        file.Lines(AccessRules);
        if (i % 4 == 1)
        {
            file.Lines("    acl auth_ok http_auth(admins)\n");
            file.Line($"    http-request auth realm \"{Teams[i % 8]} admin\" if is_admin !auth_ok");
        }

        file.Lines("    http-request deny deny_status 403 if is_admin !internal\n");
        file.Line($"    http-request set-header X-Team {Teams[i % 8]}");
        file.Line($"    http-request set-header X-Mapping \"mapping {i}\" unless is_static  # tracing");
        if (i % 2 == 1)
        {
            file.Lines("    http-request replace-path /old/(.*) /new/\\1 if { path_beg /old/ }\n");
        }

        file.Lines(ResponseRules);
    }

    private static void WriteServers(ConfigWriter file, int i)
    {
        var count = 3 + (i % 3);
        for (var s = 1; s <= count; s++)
        {
            var cookie = i % 3 == 0 ? $" cookie s{s}" : "";
            var backup = s == count && i % 5 == 2 ? " backup" : "";
            var address = $"10.{(i >> 12) & 255}.{(i >> 4) & 255}.{((i & 15) << 4) + s}:{8000 + (i % 1000)}";
            file.Line($"    server {Teams[i % 8]}-{s} {address} check weight {10 * s}{cookie}{backup}");
        }

        file.Lines("\n");
    }

    private const string Head = """
        # HAProxy configuration, generated deterministically for benchmarks
        # managed by: platform team

        global
            log /dev/log local0
            log /dev/log local1 notice
            maxconn 100000
            stats timeout 30s
            user haproxy
            group haproxy
            daemon
            nbthread 4
            # TLS policy, see wiki/tls
            ssl-default-bind-ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384
            ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets
            tune.bufsize 32768

        defaults
            log global
            mode http
            option httplog
            option dontlognull
            timeout connect 5s
            timeout client 50s
            timeout server 50s
            timeout http-request 10s
            errorfile 503 /etc/haproxy/errors/503.http # shared page

        userlist admins
            group ops users alice,bob
            user alice insecure-password alice-secret
            user bob insecure-password bob-secret


        """;

    private const string FrontendRules = """
            maxconn 20000
            option forwardfor except 127.0.0.0/8
            capture request header Host len 64
            http-request set-header X-Forwarded-Proto https if { ssl_fc }
            http-request set-header X-Request-Start t=%Ts%ms
            http-request deny deny_status 403 if { path_beg /.git /.env }

        """;

    private const string AccessRules = """

            # access rules
            acl is_static path_end -i .css .js .png .jpg .svg .woff2
            acl is_admin path_beg /admin /manage
            acl internal src 10.0.0.0/8 192.168.0.0/16

        """;

    private const string ResponseRules = """
            http-request set-var(txn.tier) str(gold) if { req.hdr(X-Tier) -m str gold }
            http-response set-header Strict-Transport-Security "max-age=31536000; includeSubDomains"
            http-response del-header Server

            default-server inter 3s fall 3 rise 2 maxconn 200 slowstart 10s

        """;
}
