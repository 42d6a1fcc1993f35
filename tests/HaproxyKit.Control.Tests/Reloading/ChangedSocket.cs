using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

/// <summary>Passes commands on to a real HAProxy, and changes what it says: to that of a version to come, or of a lower level.</summary>
internal sealed partial class ChangedSocket : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task serving;

    private ChangedSocket(string path, Func<string, string, string> change)
    {
        listener.Bind(new UnixDomainSocketEndPoint(folder.File("proxy.sock")));
        listener.Listen(64);
        serving = ServeAsync(path, change);
    }

    internal RuntimeEndpoint Endpoint => RuntimeEndpoint.Unix(folder.File("proxy.sock"));

    /// <summary>HAProxy of another version.</summary>
    internal static ChangedSocket OfVersion(string path, string version) =>
        new(path, (_, answer) => Version().Replace(answer, $"Version: {version}"));

    /// <summary>A socket whose level does not allow one command.</summary>
    internal static ChangedSocket Refusing(string path, string command) =>
        new(path, (asked, answer) => asked == command ? "Permission denied\n\n" : answer);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await serving;
        stopping.Dispose();
        folder.Dispose();
    }

    private async Task ServeAsync(string path, Func<string, string, string> change)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptAsync(stopping.Token);
                var buffer = new byte[16_384];
                var read = await socket.ReceiveAsync(buffer, stopping.Token);
                var asked = Encoding.UTF8.GetString(buffer, 0, read).TrimEnd('\n');
                var answer = change(asked, "") is { Length: > 0 } own ? own : await UnixSocketCall.AskAsync(path, asked);
                if (answer is not null)
                    await socket.SendAsync(Encoding.UTF8.GetBytes(change(asked, answer)), stopping.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    [GeneratedRegex("^Version: .*$", RegexOptions.Multiline)]
    private static partial Regex Version();
}
