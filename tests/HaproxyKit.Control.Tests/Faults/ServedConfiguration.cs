using System.Net;
using System.Net.NetworkInformation;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>
/// Compares what HAProxy serves with what its files say, by means of its own: the few words that the tests' configurations consist of are read
/// here, line by line, and HAProxy is asked on a socket of its own.
/// </summary>
internal static class ServedConfiguration
{
    /// <returns>What differs, in words; nothing where HAProxy serves what the files say.</returns>
    internal static async Task<IReadOnlyList<string>> DifferencesAsync(HaproxyInstance instance)
    {
        var written = new SortedSet<string>(HaproxyProcesses.FilesOf(instance).SelectMany(file => Written(File.ReadAllLines(file))), StringComparer.Ordinal);
        var served = new SortedSet<string>(await ServedAsync(instance), StringComparer.Ordinal);
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        served.UnionWith(written.Where(fact => fact.StartsWith("bind ", StringComparison.Ordinal) && listening.Contains(IPEndPoint.Parse(fact["bind ".Length..]))));
        return
        [
            .. written.Except(served).Select(fact => $"not served: {fact}"),
            .. served.Except(written).Select(fact => $"not written: {fact}"),
        ];
    }

    private static IEnumerable<string> Written(IEnumerable<string> lines)
    {
        var (kind, proxy) = ("", "");
        foreach (var words in lines.Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0))
        {
            switch (words)
            {
                case ["global" or "defaults", ..]:
                    (kind, proxy) = (words[0], "");
                    break;
                case ["frontend" or "backend" or "listen", var name]:
                    (kind, proxy) = (words[0], name);
                    if (kind != "backend")
                        yield return $"frontend {name} OPEN";
                    if (kind != "frontend")
                        yield return $"backend {name}";
                    break;
                case ["maxconn", var limit] when kind == "global":
                    yield return $"maxconn {limit}";
                    break;
                case ["bind", var endPoint, ..]:
                    yield return $"bind {endPoint}";
                    break;
                case ["server", var server, var address, ..]:
                    var weight = Array.IndexOf(words, "weight") is > 0 and var at ? words[at + 1] : "1";
                    yield return $"server {proxy}/{server} {address} weight {weight} {(words.Contains("disabled") ? "maint" : "ready")}";
                    break;
            }
        }
    }

    private static async Task<IEnumerable<string>> ServedAsync(HaproxyInstance instance)
    {
        var info = await instance.AskAsync("show info") ?? "";
        var stat = await instance.AskAsync("show stat") ?? "";
        var servers = await instance.AskAsync("show servers state") ?? "";
        const string Limit = "\nMaxconn: ";
        var at = info.IndexOf(Limit, StringComparison.Ordinal) + Limit.Length;
        return
        [
            $"maxconn {info[at..].Split('\n')[0]}",
            .. stat.Split('\n').Select(line => line.Split(',')).Where(row => row.Length > 17).SelectMany(Proxy),
            .. servers.Split('\n').Select(line => line.Split(' ')).Where(row => row.Length > 18 && row[0] != "#")
                .Select(row => $"server {row[1]}/{row[3]} {row[4]}:{row[18]} weight {row[7]} {(row[6] == "0" ? "ready" : "maint")}"),
        ];
    }

    private static IEnumerable<string> Proxy(string[] row) => row[1] switch
    {
        "FRONTEND" => [$"frontend {row[0]} {row[17]}"],
        "BACKEND" => [$"backend {row[0]}"],
        _ => [],
    };
}
