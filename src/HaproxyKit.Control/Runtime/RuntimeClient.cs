using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.Control.Runtime;

/// <summary>
/// Asks HAProxy's Runtime API on its stats socket, or the master's on the master socket. Every exchange has a connection of
/// its own (about 50 microseconds), so that it reaches the worker that serves now, and is bounded in time and size. Where many
/// commands must reach one and the same worker, <see cref="OpenSessionAsync"/> keeps a connection.
/// </summary>
/// <remarks>Safe for use by several threads at once. Nothing is tried twice: the caller knows whether it may be.</remarks>
/// <param name="endpoint">Where HAProxy listens.</param>
/// <param name="options">The limits; null for the defaults.</param>
/// <param name="time">The clock for time limits; null for the system's.</param>
/// <exception cref="ArgumentOutOfRangeException">A limit is not positive.</exception>
public sealed partial class RuntimeClient(RuntimeEndpoint endpoint, RuntimeClientOptions? options = null, TimeProvider? time = null)
    : RuntimeChannel(endpoint, options ?? new RuntimeClientOptions(), time)
{
    private const string PermissionDeniedAnswer = "Permission denied";
    private const int FirstBuffer = 16 * 1024;
    private static readonly TimeSpan FullQueuePause = TimeSpan.FromMilliseconds(2);

    /// <summary>Sends several commands in one line; HAProxy carries them out one after the other, whatever each answers.</summary>
    /// <param name="commands">The commands, at least one; together at most <see cref="RuntimeCommand.MaxLineBytes"/> bytes.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>The answers, one for each command, in order, without their final empty lines.</returns>
    /// <exception cref="ArgumentException">
    /// There is no command; or the line, or the one command with its payload, would be too long; or one of several has a payload.
    /// </exception>
    /// <exception cref="RuntimeException">There was not one whole answer for each command.</exception>
    public override async Task<IReadOnlyList<string>> SendAsync(
        IReadOnlyList<RuntimeCommand> commands, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentOutOfRangeException.ThrowIfZero(commands.Count, nameof(commands));
        var lines = Lines(commands);
        return await MeasuredAsync(
            commands,
            async limit =>
            {
                var bytes = await ExchangeAsync(lines, commands[0], limit).ConfigureAwait(false);
                return RuntimeReply.Split(bytes.Span, commands) ?? throw Failure(RuntimeFault.Incomplete, commands[0], "the answer is not complete");
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends one line as it is and reads what comes until HAProxy closes, complete or not.</summary>
    internal Task<ReadOnlyMemory<byte>> SendRawAsync(ReadOnlyMemory<byte> line, RuntimeCommand command, CancellationToken cancellationToken) =>
        MeasuredAsync([command], limit => ExchangeAsync(line, command, limit), cancellationToken);

    /// <summary>Opens a connection that stays, to the worker that serves now.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The session, to be disposed of.</returns>
    /// <exception cref="RuntimeException">There was no connection, or not HAProxy at its other end.</exception>
    public Task<RuntimeSession> OpenSessionAsync(CancellationToken cancellationToken = default) =>
        RuntimeSession.OpenAsync(this, cancellationToken);

    private byte[] Lines(IReadOnlyList<RuntimeCommand> commands)
    {
        if (commands is [{ Payload: { } payload } command])
        {
            var whole = Encoding.UTF8.GetBytes($"{command.Line}\n{payload}\n");
            return whole.Length <= Options.MaxPayloadBytes
                ? whole
                : throw new ArgumentException(
                    $"The command {command.Name} with its payload is {whole.Length} bytes, and {Options.MaxPayloadBytes} are sent at most.", nameof(commands));
        }

        if (commands.Any(c => c.Payload is not null))
        {
            throw new ArgumentException("A command with a payload is sent alone.", nameof(commands));
        }

        var line = Encoding.UTF8.GetBytes(string.Join(';', commands.Select(c => c.Line)) + '\n');
        return line.Length <= RuntimeCommand.MaxLineBytes + 1
            ? line
            : throw new ArgumentException($"The commands together are longer than {RuntimeCommand.MaxLineBytes} bytes.", nameof(commands));
    }

    private async Task<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> line, RuntimeCommand command, CancellationToken cancellationToken)
    {
        using var socket = await ConnectAsync(command, cancellationToken).ConfigureAwait(false);
        await SendAllAsync(socket, line, cancellationToken).ConfigureAwait(false);

        // The master socket closes after its answer only when it knows that no further command will come.
        socket.Shutdown(SocketShutdown.Send);
        return await ReadAllAsync(socket, command, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<Socket> ConnectAsync(RuntimeCommand command, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (socket, remote) = Endpoint.Open();
            try
            {
                await socket.ConnectAsync(remote, cancellationToken).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                // More callers wait than the unix socket's queue holds; nothing has been sent yet.
                socket.Dispose();
                await Task.Delay(FullQueuePause, Time, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                var fault = e.SocketErrorCode == SocketError.AccessDenied
                    ? RuntimeFault.PermissionDenied
                    : RuntimeFault.Unreachable;
                throw Failure(fault, command, e.Message, e);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    internal static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        while (!line.IsEmpty)
        {
            line = line[await socket.SendAsync(line, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAllAsync(Socket socket, RuntimeCommand command, CancellationToken cancellationToken)
    {
        var buffer = new byte[FirstBuffer];
        var had = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(had), SocketFlags.None, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return buffer.AsMemory(0, had);
            }

            had += read;
            if (had > Options.MaxReplyBytes)
            {
                throw Failure(RuntimeFault.TooLarge, command, $"the answer is longer than {Options.MaxReplyBytes} bytes");
            }

            if (had == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    /// <summary>Sends a command that shows something, and refuses the one answer that all of them share.</summary>
    internal async Task<string> ShowAsync(RuntimeCommand command, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(command, cancellationToken).ConfigureAwait(false);
        return IsPermissionDenied(answer)
            ? throw Failure(RuntimeFault.PermissionDenied, command, "the socket's level does not allow it")
            : answer;
    }

    private static bool IsPermissionDenied(string answer) =>
        answer.StartsWith(PermissionDeniedAnswer, StringComparison.Ordinal);

    private RuntimeException Unexpected(RuntimeCommand command, string answer)
    {
        const int Shown = 120;
        var line = answer.Split('\n')[0];
        return Failure(RuntimeFault.Unexpected, command, $"not understood: {(line.Length <= Shown ? line : line[..Shown] + "...")}");
    }
}
