using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Reloading;

/// <summary>Passes commands on to a real HAProxy, and says that it is of another version.</summary>
internal sealed partial class VersionProxy : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task serving;

    private VersionProxy(string path, string version)
    {
        listener.Bind(new UnixDomainSocketEndPoint(folder.File("proxy.sock")));
        listener.Listen(64);
        serving = ServeAsync(path, version);
    }

    internal RuntimeEndpoint Endpoint => RuntimeEndpoint.Unix(folder.File("proxy.sock"));

    internal static VersionProxy Before(string path, string version) => new(path, version);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await serving;
        stopping.Dispose();
        folder.Dispose();
    }

    private async Task ServeAsync(string path, string version)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptAsync(stopping.Token);
                var buffer = new byte[16_384];
                var read = await socket.ReceiveAsync(buffer, stopping.Token);
                var answer = await UnixSocketCall.AskAsync(path, Encoding.UTF8.GetString(buffer, 0, read).TrimEnd('\n'));
                if (answer is not null)
                    await socket.SendAsync(Encoding.UTF8.GetBytes(Version().Replace(answer, $"Version: {version}")), stopping.Token);
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
