using System.Net.Sockets;
using System.Text.RegularExpressions;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

/// <summary>Passes commands on to a real HAProxy, and changes what it says: to that of a version to come, or of a lower level.</summary>
internal sealed partial class ChangedSocket : IAsyncDisposable
{
    private readonly ServedSocket served;

    private ChangedSocket(string path, Func<string, string, string> change) =>
        served = new ServedSocket((socket, limit) => ServeAsync(socket, path, change, limit));

    internal RuntimeEndpoint Endpoint => RuntimeEndpoint.Unix(served.Path);

    /// <summary>HAProxy of another version.</summary>
    internal static ChangedSocket OfVersion(string path, string version) =>
        new(path, (_, answer) => Version().Replace(answer, $"Version: {version}"));

    /// <summary>A socket whose level does not allow one command.</summary>
    internal static ChangedSocket Refusing(string path, string command) =>
        new(path, (asked, answer) => asked == command ? "Permission denied\n\n" : answer);

    public ValueTask DisposeAsync() => served.DisposeAsync();

    private static async Task ServeAsync(Socket socket, string path, Func<string, string, string> change, CancellationToken limit)
    {
        var asked = (await ServedSocket.ReadAsync(socket, limit)).TrimEnd('\n');
        var answer = change(asked, "") is { Length: > 0 } own ? own : await UnixSocketCall.AskAsync(path, asked);
        if (answer is not null)
            await ServedSocket.SendAsync(socket, change(asked, answer), limit);
    }

    [GeneratedRegex("^Version: .*$", RegexOptions.Multiline)]
    private static partial Regex Version();
}
