using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Catalog;

/// <summary>What questions cost: nothing is allocated once a signature has been used.</summary>
public sealed class CatalogWorkTests
{
    private static readonly (SectionKind Section, byte[] Line)[] Lines =
    [
        (SectionKind.Global, "    stats socket /run/haproxy.sock mode 660 level admin\n"u8.ToArray()),
        (SectionKind.Defaults, "    timeout client 30s\n"u8.ToArray()),
        (SectionKind.Frontend, "    bind :443 ssl crt /etc/ssl/site.pem alpn h2,http/1.1\n"u8.ToArray()),
        (SectionKind.Frontend, "    http-request set-header X-Forwarded-Proto https if { ssl_fc }\n"u8.ToArray()),
        (SectionKind.Frontend, "    http-request set-var(txn.host) req.hdr(host),lower\n"u8.ToArray()),
        (SectionKind.Frontend, "    use_backend app if { path_beg /app }\n"u8.ToArray()),
        (SectionKind.Frontend, "    no option httpclose\n"u8.ToArray()),
        (SectionKind.Backend, "    server s1 10.0.0.1:8080 check inter 2s fall 3 rise 2 weight 10 source 10.0.0.2 usesrc clientip\n"u8.ToArray()),
        (SectionKind.Backend, "    stick-table type ip size 100k expire 30m store conn_rate(3s)\n"u8.ToArray()),
        (SectionKind.Backend, "    unknown-keyword with words\n"u8.ToArray()),
    ];

    [Fact]
    public void FindDirective_and_Match_allocate_nothing()
    {
        var catalog = HaproxyCatalog.For(HaproxyVersion.V3_0);
        Assert.Equal(9, Judge(catalog, 2));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Judge(catalog, 100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void TryFind_and_what_an_entry_tells_allocate_nothing()
    {
        var catalog = HaproxyCatalog.For(HaproxyVersion.V3_0);
        Assert.True(Ask(catalog));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask(catalog);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Judge(HaproxyCatalog catalog, int rounds)
    {
        var complete = 0;
        var sink = default(CountingSink);
        for (var round = 0; round < rounds; round++)
        {
            complete = 0;
            foreach (var (section, line) in Lines)
            {
                sink.Begin();
                var found = catalog.FindDirective(section, line);
                if (found.Status == LookupStatus.Found && SignatureMatcher.Match(in found, ref sink) == MatchOutcome.Complete)
                {
                    complete++;
                }
            }
        }

        return complete;
    }

    private static bool Ask(HaproxyCatalog catalog)
    {
        var count = 0;
        foreach (var entry in catalog.Entries(EntryClass.Fetch))
        {
            count += entry.Arguments.MaximumCount + (int)entry.Contexts + (int)entry.OutputType;
        }

        return count > 0 && !catalog.TryFind(EntryClass.Option, "option unknown"u8, out _)
            && catalog.TryFind(EntryClass.Option, "option http-no-delay"u8, out var option) && option.CanBeNegated && option.IsHttpOnly;
    }
}
