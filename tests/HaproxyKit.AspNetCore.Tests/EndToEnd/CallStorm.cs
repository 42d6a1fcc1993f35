using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>
/// Many callers at once, each with ports of its own, who add, move and say goodbye one call after the other, and keep what they were told:
/// where a call was answered with 200 there is one truth, where it was not both what was and what was asked for may be.
/// </summary>
/// <param name="ports">The frontend ports, each with a node without a name or with two named ones.</param>
/// <param name="nodePorts">By address, where a node answers.</param>
internal sealed class CallStorm(int[] ports, IReadOnlyDictionary<string, int> nodePorts) : IDisposable
{
    private const int Callers = 8;
    private static readonly string[] Named = ["a", "b"];

    private readonly HttpClient _client = new(new SocketsHttpHandler()) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentDictionary<(int Port, string? Node), HashSet<string?>> _possible = new();
    private readonly ConcurrentDictionary<int, ConcurrentQueue<string>> _told = new();
    private int _answered;

    /// <summary>How many calls were answered with 200.</summary>
    internal int Answered => Volatile.Read(ref _answered);

    /// <summary>What each node's address may be; null stands for a node that is not there.</summary>
    internal IReadOnlyDictionary<(int Port, string? Node), HashSet<string?>> Possible => _possible;

    /// <summary>What was asked for a port and answered, the last of it.</summary>
    internal string ToldOf(int port) => string.Join('\n', _told.GetOrAdd(port, static _ => new()).TakeLast(12));

    /// <summary>Calls until nobody answers any more.</summary>
    internal Task RunAsync(string url, int seed) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => CallAsync(url, caller, new Random(seed + caller))));

    /// <summary>What is there after a restart is known now.</summary>
    internal void Settle(int port, string? node, string? address) => _possible[(port, node)] = [address];

    /// <summary>One call.</summary>
    internal async Task<bool> CallAsync(string url, int port, string? node, string? address)
    {
        var key = (port, node);
        var known = _possible.GetOrAdd(key, static _ => [null]);

        // From here on both may be, until there is an answer.
        _possible[key] = [.. known, address];
        var body = new JsonObject { ["action"] = address is null ? "delete" : "add", ["name"] = $"map-{port}", ["frontendPort"] = port, ["node"] = node };
        if (node is null)
        {
            body.Remove("node");
        }

        if (address is not null)
        {
            (body["address"], body["nodePort"]) = (address, nodePorts[address]);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/v1/phone-home") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LoadBalancer.Token);
        try
        {
            using var response = await _client.SendAsync(request);
            Tell(port, $"{node} at {address}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            if ((int)response.StatusCode == 200)
            {
                _possible[key] = [address];
                Interlocked.Increment(ref _answered);
                return true;
            }

            var text = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode is 503 or 429, $"{port} {node}: {(int)response.StatusCode} {text}");
            return true;
        }
        catch (HttpRequestException e)
        {
            Tell(port, $"{node} at {address}: {e.Message}");
            return false;
        }
    }

    private void Tell(int port, string what) => _told.GetOrAdd(port, static _ => new()).Enqueue($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {what}");

    public void Dispose() => _client.Dispose();

    private async Task CallAsync(string url, int caller, Random random)
    {
        var own = ports.Where((_, i) => i % Callers == caller).ToArray();
        string?[] addresses = [.. nodePorts.Keys, .. nodePorts.Keys, null];
        while (true)
        {
            var index = random.Next(own.Length);
            var node = index % 2 == 0 ? null : Named[random.Next(Named.Length)];
            if (!await CallAsync(url, own[index], node, addresses[random.Next(addresses.Length)]))
            {
                return;
            }
        }
    }
}
