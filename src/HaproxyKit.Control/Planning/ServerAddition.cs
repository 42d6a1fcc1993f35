using System.Collections.Immutable;
using HaproxyKit.Catalog;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Model;

namespace HaproxyKit.Control.Planning;

/// <summary>Makes of a <c>server</c> line what <c>add server</c> takes, or tells why it takes none of it.</summary>
internal static class ServerAddition
{

    /// <summary>Words that name files. HAProxy reads none at run time, and uses those that it has loaded.</summary>
    private static readonly string[] Files = ["ca-file", "crl-file", "crt"];

    /// <param name="backend">The section in which the server stands.</param>
    /// <param name="line">The server.</param>
    /// <param name="version">The version that runs.</param>
    /// <param name="before">The section as HAProxy has it, or null where it has none.</param>
    internal static (AddServer? Step, string? Obstacle) Plan(BackendView backend, Server line, HaproxyVersion version, BackendView? before)
    {
        if (backend.Algorithm.Obstacle is { } algorithm)
        {
            return (null, algorithm);
        }

        if (line.Arguments.Count < 2 || !ServerAddresses.TryTarget(line.Arguments[1].Value, out var address, out var port))
        {
            return (null, "a server is added at run time only with a literal address and a port");
        }

        var (server, obstacle) = backend.Read(line);
        obstacle ??= server!.Words.Select(use => ObstacleIn(use, version, before)).FirstOrDefault(found => found is not null);
        if (obstacle is not null)
        {
            return (null, obstacle);
        }

        var (weight, limit) = (1, 0);
        if ((server!.Value("weight") is { } text && !ServerAddresses.TryNumber(text, 0, RuntimeClient.MaxWeight, out weight))
            || (server.Value("maxconn") is { } most && !ServerAddresses.TryNumber(most, 0, int.MaxValue, out limit)))
        {
            return (null, "its weight or its 'maxconn' is no number that HAProxy takes");
        }

        return (new AddServer(backend.Section.Name, line.Name, address, port)
        {
            Words = [.. server.Words.Where(use => !use.Word.IsNeedless).SelectMany(use => use.Text)],
            IsDisabled = server.IsDisabled,
            IsChecked = server.Has("check"),
            HasAgent = server.Has("agent-check"),
            Weight = weight,
            MaxConnections = limit,
        }, null);
    }

    private static string? ObstacleIn(ServerWordUse use, HaproxyVersion version, BackendView? before)
    {
        var word = use.Word;
        return word.IsNeedless ? null
            : word.AddedSince is not { } since ? $"HAProxy adds no server with '{word.Name}' at run time"
            : version < since ? $"HAProxy {version} adds no server with '{word.Name}' at run time"
            : use.Text.Any(text => text.Length == 0) ? $"'{word.Name}' is followed by an empty word"
            : Files.Contains(word.Name, StringComparer.Ordinal) && !IsLoaded(use, before) ? $"the file behind '{word.Name}' may not be loaded yet"
            : null;
    }

    /// <summary>Whether another server of the section has the same file, so that HAProxy has loaded it.</summary>
    private static bool IsLoaded(ServerWordUse use, BackendView? before) =>
        before is not null && before.AllServers.Any(other =>
            before.Read(other).Server is { } known && known.Has("ssl") && known.Value(use.Word.Name) == use.Value);
}
