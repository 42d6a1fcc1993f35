using System.Text;

namespace HaproxyKit.Control.Runtime;

/// <summary>Asks a HAProxy master on its own socket, the one of <c>-S</c> (management guide, 9.4).</summary>
/// <remarks>Safe for use by several threads at once.</remarks>
/// <param name="endpoint">Where the master listens.</param>
/// <param name="options">The limits; null for the defaults.</param>
/// <param name="time">The clock for time limits; null for the system's.</param>
public sealed class MasterClient(RuntimeEndpoint endpoint, RuntimeClientOptions? options = null, TimeProvider? time = null)
{
    private static readonly RuntimeCommand Processes = RuntimeCommand.Of("show", "proc");
    private static readonly RuntimeCommand Reload = RuntimeCommand.Of("reload");
    private static readonly byte[] ReloadLine = "reload\n"u8.ToArray();
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly RuntimeClientOptions options = options ?? new RuntimeClientOptions();
    private readonly TimeProvider time = time ?? TimeProvider.System;
    private readonly RuntimeClient client = new(endpoint, options, time);

    /// <summary>Where the master listens.</summary>
    public RuntimeEndpoint Endpoint => client.Endpoint;

    /// <summary>Shows the master's processes, and waits, within the time limit, while the master loads and does not listen.</summary>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <returns>The master, its workers, and those of earlier configurations.</returns>
    /// <exception cref="RuntimeException">There was no whole answer in time, or one that is no such table.</exception>
    public async Task<ProcessList> ShowProcessesAsync(CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await AskForProcessesAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (RuntimeException e) when (e.IsTransient && time.GetElapsedTime(started) < options.Timeout)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Asks one worker, an old one too, by way of the master (<c>@!PID</c>).</summary>
    /// <param name="workerPid">The worker's process id.</param>
    /// <param name="commands">The commands, at least one, not yet meant for a worker.</param>
    /// <param name="cancellationToken">Ends the exchange; the worker may have acted all the same.</param>
    /// <returns>The answers, one for each command, in order.</returns>
    /// <exception cref="ArgumentException">There is no command, or the line would be too long.</exception>
    /// <exception cref="RuntimeException">There was not one whole answer for each command: the worker may have ended.</exception>
    public Task<IReadOnlyList<string>> SendToWorkerAsync(
        int workerPid, IReadOnlyList<RuntimeCommand> commands, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commands);
        return client.SendAsync([.. commands.Select(c => c.AtWorker(workerPid))], cancellationToken);
    }

    /// <summary>Asks the master to load its configuration again.</summary>
    /// <param name="limit">How long loading may take.</param>
    /// <param name="cancellationToken">Ends the wait; the master reloads all the same.</param>
    /// <returns>What the master says of it: 2.6 says nothing, later ones answer when they have loaded, or failed to.</returns>
    /// <exception cref="RuntimeException">
    /// The master could not be asked (<see cref="RuntimeFault.Unreachable"/> also while it loads already), refused, or did not
    /// answer in time. Only after <see cref="RuntimeFault.Unreachable"/> and <see cref="RuntimeFault.PermissionDenied"/> is it
    /// sure that it does not reload.
    /// </exception>
    public async Task<MasterReloadAnswer> ReloadAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        var patient = new RuntimeClient(
            Endpoint, new RuntimeClientOptions { Timeout = limit, MaxReplyBytes = options.MaxReplyBytes }, time);
        var bytes = await patient.SendRawAsync(ReloadLine, Reload, cancellationToken).ConfigureAwait(false);
        var answer = Encoding.UTF8.GetString(bytes.Span);
        return answer.StartsWith("Permission denied", StringComparison.Ordinal)
            ? throw new RuntimeException(
                RuntimeFault.PermissionDenied, $"reload at {Endpoint}: the socket's level does not allow it")
            : Read(answer);
    }

    /// <summary>Asks once for the processes: a master that loads does not answer, which is transient.</summary>
    internal async Task<ProcessList> AskForProcessesAsync(CancellationToken cancellationToken)
    {
        var answer = await client.ShowAsync(Processes, cancellationToken).ConfigureAwait(false);
        return ProcessList.Parse(answer)
            ?? throw new RuntimeException(RuntimeFault.Unexpected, $"{Processes} at {Endpoint}: this is not a master");
    }

    internal static MasterReloadAnswer Read(string answer)
    {
        const string Mark = "Success=";
        if (!answer.StartsWith(Mark, StringComparison.Ordinal))
        {
            return new MasterReloadAnswer(null, answer.Trim());
        }

        // "Success=1", a line of two dashes, then the logs.
        var lines = answer.Split('\n', 3);
        bool? succeeded = lines[0][Mark.Length..].Trim() switch
        {
            "1" => true,
            "0" => false,
            _ => null,
        };
        return new MasterReloadAnswer(succeeded, lines.Length == 3 ? lines[2].Trim('\n') : "");
    }
}
