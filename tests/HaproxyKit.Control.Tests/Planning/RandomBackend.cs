using System.Globalization;

namespace HaproxyKit.Control.Tests.Planning;

/// <summary>A backend of random servers, and what becomes of some of them.</summary>
/// <param name="Before">The section as HAProxy runs it.</param>
/// <param name="Wanted">The section as it shall be.</param>
public sealed record RandomBackend(string Before, string Wanted)
{
    private static readonly string[] Algorithms =
    [
        "", "  balance roundrobin\n", "  balance leastconn\n", "  balance random(2)\n", "  balance first\n", "  balance source\n",
        "  balance source\n  hash-type consistent\n", "  balance static-rr\n", "  balance uri\n  hash-type map-based\n",
    ];

    private static readonly string[] Defaults = ["", "  default-server weight 9\n", "  default-server maxconn 11\n", "  default-server check inter 60s\n", "  default-server disabled\n"];

    /// <summary>Most changes are of one word; a tenth of the backends says everything anew.</summary>
    public static RandomBackend Of(int number, int seed)
    {
        var random = new Random(seed);
        var head = string.Create(CultureInfo.InvariantCulture, $"backend b{number}\n");
        var (algorithm, defaults) = (Algorithms[random.Next(3) == 0 ? random.Next(Algorithms.Length) : random.Next(3)], Defaults[random.Next(2) * random.Next(Defaults.Length)]);
        var servers = Enumerable.Range(1, random.Next(1, 5)).Select(i => $"s{i}").Select(name => (Name: name, Words: Words(random))).ToList();
        var before = head + algorithm + defaults + Lines(servers);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var place = random.Next(servers.Count);
            switch (random.Next(10))
            {
                case 0:
                    servers.Add(($"n{i}", Words(random)));
                    break;
                case 1 when servers.Count > 1:
                    servers.RemoveAt(place);
                    break;
                default:
                    servers[place] = (servers[place].Name, Changed(random, servers[place].Words));
                    break;
            }
        }

        return new RandomBackend(before, head + (random.Next(12) == 0 ? "  balance leastconn\n" : algorithm) + defaults + Lines(servers));
    }

    private static string Lines(IEnumerable<(string Name, string?[] Words)> servers) =>
        string.Concat(servers.Select(server => $"  server {server.Name} {string.Join(' ', server.Words.Where(word => word is not null))}\n"));

    /// <summary>The words by their place, so that one of them can become another one.</summary>
    private static string?[] Words(Random random)
    {
        var words = new string?[8];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Word(random, i, isRare: true);
        }

        return words;
    }

    private static string?[] Changed(Random random, string?[] words)
    {
        var changed = (string?[])words.Clone();
        var place = random.Next(words.Length - 1);
        changed[place] = Word(random, place, isRare: false);
        return changed;
    }

    private static string? Word(Random random, int place, bool isRare)
    {
        if (place > 0 && random.Next(isRare ? 4 : 2) == 0 == !isRare)
        {
            return null;
        }

        return place switch
        {
            0 => random.Next(10) == 0 ? "0.0.0.0:1 disabled" : string.Create(CultureInfo.InvariantCulture, $"127.0.0.{random.Next(2, 9)}:{random.Next(1, 65536)}"),
            1 => string.Create(CultureInfo.InvariantCulture, $"weight {random.Next(0, 257)}"),
            2 => string.Create(CultureInfo.InvariantCulture, $"maxconn {random.Next(0, 100)}"),
            3 => random.Next(3) == 0 ? "disabled" : random.Next(3) == 0 ? "enabled" : null,
            4 => random.Next(3) == 0 ? "no-check" : "check",
            5 => string.Create(CultureInfo.InvariantCulture, $"port {random.Next(1, 65536)}"),
            6 => string.Create(CultureInfo.InvariantCulture, $"agent-check agent-inter 60s agent-port {random.Next(1, 65536)}"),
            _ => random.Next(3) switch { 0 => "backup", 1 => "on-marked-down shutdown-sessions", _ => "rise 3 fall 4" },
        };
    }
}
