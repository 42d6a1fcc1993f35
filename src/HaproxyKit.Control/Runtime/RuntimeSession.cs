using System.Net.Sockets;
using System.Text;

namespace HaproxyKit.Control.Runtime;

/// <summary>
/// One connection to one worker that stays open for many commands (<c>prompt</c>; management guide, 9.3): three times
/// as fast as a connection for each command, and never answered by two workers.
/// </summary>
/// <remarks>
/// After a reload the session stays with the old worker, whose backends it can no longer change: then
/// <see cref="RuntimeException"/> with <see cref="RuntimeFault.Interrupted"/> says so, and a new session must be
/// opened. HAProxy closes a session that is silent for <c>stats timeout</c>, 10 seconds unless set. After any exception
/// but <see cref="ArgumentException"/> the session is closed. Safe for use by several threads at once: they take turns.
/// </remarks>
public sealed class RuntimeSession : RuntimeChannel, IAsyncDisposable
{
    private const int FirstBuffer = 4 * 1024;
    private const int MaxPipelinedBytes = RuntimeCommand.MaxLineBytes;
    private const string StoppedProxyAnswer = "Proxy is disabled.";

    private static readonly RuntimeCommand Prompt = RuntimeCommand.Of("prompt");
    private static readonly RuntimeCommand Info = RuntimeCommand.Of("show", "info");

    private readonly Socket socket;
    private readonly SemaphoreSlim turn = new(1, 1);
    private byte[] buffer = new byte[FirstBuffer];
    private bool isClosed;

    private RuntimeSession(RuntimeClient client, Socket socket)
        : base(client.Endpoint, client.Options, client.Time) => this.socket = socket;

    /// <summary>HAProxy's prompt, which begins on a line of its own behind each answer.</summary>
    private static ReadOnlySpan<byte> Mark => "\n> "u8;

    /// <summary>
    /// Whether commands can be sent. It does not show that HAProxy has closed the connection meanwhile.
    /// </summary>
    public bool IsOpen => !Volatile.Read(ref isClosed);

    /// <summary>
    /// Sends any number of commands without waiting for each answer; all are carried out, whatever each answers.
    /// </summary>
    /// <param name="commands">The commands, without payloads.</param>
    /// <param name="cancellationToken">Ends the exchange and the session; HAProxy may have acted all the same.</param>
    /// <returns>The answers, one for each command, in order, without their final line endings.</returns>
    /// <exception cref="ArgumentException">A command has a payload.</exception>
    /// <exception cref="RuntimeException">
    /// There was not one whole answer for each command, or the worker is an old one, or the session was closed before.
    /// </exception>
    public override async Task<IReadOnlyList<string>> SendAsync(
        IReadOnlyList<RuntimeCommand> commands, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commands);
        if (commands.FirstOrDefault(c => c.Payload is not null) is { } payload)
        {
            throw new ArgumentException($"{payload.Name} has a payload, for which a session has no answer of its own.", nameof(commands));
        }

        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ExchangeAsync(commands, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Close();
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Closes the connection.</summary>
    /// <returns>A task that has ended.</returns>
    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    internal static async Task<RuntimeSession> OpenAsync(RuntimeClient client, CancellationToken cancellationToken)
    {
        var connected = await client.WithinLimitAsync(Prompt, limit => client.ConnectAsync(Prompt, limit), cancellationToken).ConfigureAwait(false);
        var session = new RuntimeSession(client, connected);
        var greeting = await session.SendAsync(Prompt, cancellationToken).ConfigureAwait(false);
        if (greeting.Length == 0)
        {
            return session;
        }

        session.Close();
        throw session.Failure(
            greeting.StartsWith("Permission denied", StringComparison.Ordinal) ? RuntimeFault.PermissionDenied : RuntimeFault.Unexpected,
            Prompt, $"no prompt, but: {greeting.Split('\n')[0]}");
    }

    private async Task<IReadOnlyList<string>> ExchangeAsync(IReadOnlyList<RuntimeCommand> commands, CancellationToken cancellationToken)
    {
        var answers = new List<string>(commands.Count);
        while (answers.Count < commands.Count)
        {
            var (line, count) = Next(commands, answers.Count);
            await TradeAsync(line, [.. commands.Skip(answers.Count).Take(count)], answers, cancellationToken).ConfigureAwait(false);
        }

        if (answers.Contains(StoppedProxyAnswer, StringComparer.Ordinal))
        {
            // A backend that the configuration disables says the same, on any connection.
            var about = new List<string>();
            await TradeAsync(Encoding.UTF8.GetBytes(Info.Line + '\n'), [Info], about, cancellationToken).ConfigureAwait(false);
            if (RuntimeInfo.Parse(about[0]) is { IsStopping: true } info)
            {
                throw Failure(
                    RuntimeFault.Interrupted, commands[0], $"the worker {info.Pid} has been replaced; open a session with the new one");
            }
        }

        return answers;
    }

    /// <summary>As many commands as fit what a socket takes without waiting for us to read.</summary>
    private static (byte[] Line, int Count) Next(IReadOnlyList<RuntimeCommand> commands, int first)
    {
        var text = new StringBuilder(commands[first].Line).Append('\n');
        var count = 1;
        for (; first + count < commands.Count; count++)
        {
            var line = commands[first + count].Line;
            if (text.Length + line.Length >= MaxPipelinedBytes)
            {
                break;
            }

            text.Append(line).Append('\n');
        }

        return (Encoding.UTF8.GetBytes(text.ToString()), count);
    }

    private async Task TradeAsync(
        byte[] line, IReadOnlyList<RuntimeCommand> commands, List<string> answers, CancellationToken cancellationToken)
    {
        if (isClosed)
        {
            throw Failure(RuntimeFault.Interrupted, commands[0], "the session is closed");
        }

        await MeasuredAsync(
            commands,
            async limit =>
            {
                await RuntimeClient.SendAllAsync(socket, line, limit).ConfigureAwait(false);
                await ReadAnswersAsync(commands.Count, commands[0], answers, limit).ConfigureAwait(false);
                return answers;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadAnswersAsync(int count, RuntimeCommand command, List<string> answers, CancellationToken cancellationToken)
    {
        var had = 0;
        var start = 0;
        var wanted = answers.Count + count;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(had), SocketFlags.None, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw Failure(RuntimeFault.Incomplete, command, "HAProxy has closed the session");
            }

            var from = Math.Max(start, had - Mark.Length + 1);
            had += read;
            start = Cut(answers, wanted, start, from, had);
            if (answers.Count == wanted)
            {
                if (start != had)
                {
                    throw Failure(RuntimeFault.Unexpected, command, "more was answered than was asked");
                }

                return;
            }

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

    /// <summary>Takes all whole answers out of what has come.</summary>
    /// <returns>Where the next one starts.</returns>
    private int Cut(List<string> answers, int wanted, int start, int from, int end)
    {
        while (answers.Count < wanted && buffer.AsSpan(from..end).IndexOf(Mark) is >= 0 and var at)
        {
            answers.Add(Encoding.UTF8.GetString(buffer.AsSpan(start..(from + at)).TrimEnd((byte)'\n')));
            start = from = from + at + Mark.Length;
        }

        return start;
    }

    private void Close()
    {
        Volatile.Write(ref isClosed, true);
        socket.Dispose();
    }
}
