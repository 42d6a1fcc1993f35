using System.Net.Sockets;
using HaproxyKit.Control.Telemetry;

namespace HaproxyKit.Control.Runtime;

/// <summary>
/// A way to send commands to HAProxy's Runtime API (management guide, 9.3), whose every exchange is bounded in time and measured: with
/// a connection for each (<see cref="RuntimeClient"/>), or on one that stays (<see cref="RuntimeSession"/>).
/// </summary>
public abstract class RuntimeChannel
{
    private readonly ServerPlace place;

    private protected RuntimeChannel(RuntimeEndpoint endpoint, RuntimeClientOptions options, TimeProvider? time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxReplyBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxPayloadBytes, nameof(options));
        Endpoint = endpoint ?? throw new ArgumentNullException(nameof(endpoint));
        Options = options;
        Time = time ?? TimeProvider.System;
        place = endpoint.Place;
    }

    /// <summary>Where HAProxy listens.</summary>
    public RuntimeEndpoint Endpoint { get; }

    /// <summary>The limits.</summary>
    internal RuntimeClientOptions Options { get; }

    /// <summary>The clock for time limits.</summary>
    internal TimeProvider Time { get; }

    /// <summary>Sends one command and reads its whole answer, within the time limit.</summary>
    /// <param name="command">The command; a session takes none with a payload.</param>
    /// <param name="cancellationToken">Ends the exchange, and a session with it; HAProxy may have acted all the same.</param>
    /// <returns>The answer without its final empty line: an empty text is how most commands say that they have been done.</returns>
    /// <exception cref="ArgumentException">The command has a payload for which there is no way.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<string> SendAsync(RuntimeCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return (await SendAsync([command], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Sends several commands; HAProxy carries them out one after the other, whatever each answers.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="cancellationToken">Ends the exchange, and a session with it; HAProxy may have acted all the same.</param>
    /// <returns>The answers, one for each command, in order, without their final empty lines.</returns>
    /// <exception cref="ArgumentException">The commands cannot be sent so.</exception>
    /// <exception cref="RuntimeException">There was not one whole answer for each command.</exception>
    public abstract Task<IReadOnlyList<string>> SendAsync(IReadOnlyList<RuntimeCommand> commands, CancellationToken cancellationToken = default);

    /// <summary>An exception that names command and endpoint, and no values.</summary>
    internal RuntimeException Failure(RuntimeFault fault, RuntimeCommand command, string what, Exception? inner = null) =>
        new(fault, $"{command.Name} at {Endpoint}: {what}", inner);

    /// <summary>Runs a part of an exchange within the time limit, and says what the system says of connections in our own words.</summary>
    internal async Task<T> WithinLimitAsync<T>(RuntimeCommand command, Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Options.Timeout, Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await exchange(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(RuntimeFault.TimedOut, command, $"no whole answer within {Options.Timeout.TotalSeconds:0.###} s", e);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Failure(RuntimeFault.Interrupted, command, e.Message, e);
        }
    }

    /// <summary>Runs an exchange within the time limit, and tells the metrics how long it took and what went wrong.</summary>
    private protected async Task<T> MeasuredAsync<T>(
        IReadOnlyList<RuntimeCommand> commands, Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        if (!ControlTelemetry.HearsCommands)
        {
            return await WithinLimitAsync(commands[0], exchange, cancellationToken).ConfigureAwait(false);
        }

        var name = CommandNames.Of(commands[0].Name, commands.Skip(1).Select(command => command.Name));
        using var activity = ControlTelemetry.StartCommand(name, place);
        var started = Time.GetTimestamp();
        var error = "Canceled";
        try
        {
            var answer = await WithinLimitAsync(commands[0], exchange, cancellationToken).ConfigureAwait(false);
            error = null;
            return answer;
        }
        catch (RuntimeException e)
        {
            error = e.Fault.ToString();
            throw;
        }
        finally
        {
            ControlTelemetry.EndWithError(activity, error);
            ControlTelemetry.RecordCommand(name, place, Time.GetElapsedTime(started), error);
        }
    }
}
