namespace HaproxyKit.Benchmarks.Inputs;

/// <summary>
/// A configuration that HAProxy accepts and starts: pairs of one frontend and one backend with four servers, about 0.75 kB a pair.
/// 1,335 pairs make 1 MB, 13,350 make 10 MB.
/// </summary>
internal static class PairsFile
{
    private const int Servers = 4;

    internal static byte[] Generate(int pairs)
    {
        var file = new ConfigWriter();
        file.Line($"# generated: {pairs} pairs");
        file.Lines("global\n    maxconn 1000\n\ndefaults\n    mode http\n    timeout connect 5s\n    timeout client  30s\n    timeout server  30s\n\n");
        for (var i = 0; i < pairs; i++)
        {
            WriteFrontend(file, i);
            WriteBackend(file, i);
            if (i < pairs - 1)
            {
                file.Lines("\n");
            }
        }

        return file.ToBytes();
    }

    private static void WriteFrontend(ConfigWriter file, int i)
    {
        var last = (i & 255) == 0 ? 254 : i & 255;
        var port = 20000 + ((i & 255) == 254 ? 1 : 0);
        file.Line($"frontend fe_{i:D6}");
        file.Line($"    bind 127.{1 + (i >> 16)}.{(i >> 8) & 255}.{last}:{port} name l{i}");
        file.Line($"    acl is_host_{i} hdr(host) -i app{i}.example.com www.app{i}.example.com");
        file.Line($"    acl is_api path_beg /api/v{i % 5}/ /rest/");
        file.Line($"    http-request set-header X-Tenant \"t{i}\"");
        file.Line($"    http-request deny deny_status 403 if is_api !is_host_{i}");
        file.Line($"    http-request set-var(txn.p) path,lower if is_host_{i}");
        file.Line($"    use_backend be_{i:D6} if is_host_{i} is_api");
        file.Line($"    default_backend be_{i:D6}");
        file.Lines("\n");
    }

    private static void WriteBackend(ConfigWriter file, int i)
    {
        file.Line($"backend be_{i:D6}");
        file.Lines("    balance roundrobin\n    option forwardfor\n");
        file.Line($"    http-response set-header X-Backend be_{i:D6}");
        for (var s = 0; s < Servers; s++)
        {
            file.Line($"    server s{s} 192.0.2.{1 + (((i * 7) + s) % 254)}:{8000 + s} weight {10 + s} maxconn 100");
        }
    }
}
