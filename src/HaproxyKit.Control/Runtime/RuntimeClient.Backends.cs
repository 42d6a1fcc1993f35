namespace HaproxyKit.Control.Runtime;

/// <content>Backends that come at run time (management guide, 9.3; from HAProxy 3.5 on).</content>
public sealed partial class RuntimeClient
{
    /// <summary>Adds a backend without servers, which takes no traffic until it is published. It is gone after a reload.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="defaults">The named <c>defaults</c> section from which it takes everything.</param>
    /// <param name="mode">Its protocol, such as <c>http</c>, or null where the defaults say it.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer; <see cref="RuntimeOutcome.Unsupported"/> from versions before 3.5.</returns>
    /// <exception cref="ArgumentException">A word cannot be said.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> AddBackendAsync(
        string backend, string defaults, string? mode = null, CancellationToken cancellationToken = default)
    {
        string[] words = ["add", "backend", backend, "from", defaults];
        var command = RuntimeCommand.Of(mode is null ? words : [.. words, "mode", mode]);
        return SilentAnswer.JudgeSentence(await SendAsync(command, cancellationToken).ConfigureAwait(false), "New backend registered.");
    }

    /// <summary>Lets rules send traffic to a backend that was added at run time.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="cancellationToken">Ends the exchange; HAProxy may have acted all the same.</param>
    /// <returns>HAProxy's answer.</returns>
    /// <exception cref="ArgumentException">A word cannot be said.</exception>
    /// <exception cref="RuntimeException">There was no whole answer.</exception>
    public async Task<RuntimeChange> PublishBackendAsync(string backend, CancellationToken cancellationToken = default) =>
        SilentAnswer.JudgeSentence(
            await SendAsync(RuntimeCommand.Of("publish", "backend", backend), cancellationToken).ConfigureAwait(false), "", "Backend published.");
}
