namespace HaproxyKit.Control.Reloading;

/// <summary>
/// Reloads by a program of the operator's, such as a service manager's, or one that reaches into a container.
/// </summary>
/// <remarks>
/// The program is run as it is, with its arguments as they are, by no shell, in this process's folder and environment.
/// It should end once HAProxy was told. What it says is told where the reload fails; whether it succeeded is not
/// believed but proved.
/// </remarks>
public sealed class CommandReloader : IReloader
{
    private readonly WorkerWatch watch;
    private readonly ReloadProgram program;
    private readonly ReloaderOptions options;
    private readonly TimeProvider time;
    private readonly ReloadStrategy strategy;

    /// <summary>Makes the strategy for one HAProxy.</summary>
    /// <param name="watch">The HAProxy; it need not have a master's socket.</param>
    /// <param name="program">The program's full path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <param name="time">The clock for time limits; null for the system's.</param>
    /// <exception cref="ArgumentException">
    /// The path is not a full one; or it or an argument holds a NUL; or a limit is not positive.
    /// </exception>
    public CommandReloader(
        WorkerWatch watch, string program, IReadOnlyList<string> arguments, ReloaderOptions? options = null, TimeProvider? time = null)
        : this(watch, program, arguments, options, time, ReloadStrategy.Command)
    {
    }

    /// <summary>The same, for a strategy that is a command of its own.</summary>
    internal CommandReloader(
        WorkerWatch watch, string program, IReadOnlyList<string> arguments, ReloaderOptions? options, TimeProvider? time, ReloadStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(watch);
        ArgumentException.ThrowIfNullOrEmpty(program);
        ArgumentNullException.ThrowIfNull(arguments);
        if (!Path.IsPathFullyQualified(program) || arguments.Append(program).Any(word => word is null || word.Contains('\0', StringComparison.Ordinal)))
        {
            throw new ArgumentException("A program is named by its full path, and nothing in its command line holds a NUL.", nameof(program));
        }

        this.watch = watch;
        this.strategy = strategy;
        this.options = ReloaderOptions.Checked(options);
        this.time = time ?? TimeProvider.System;
        this.program = new ReloadProgram(program, [.. arguments], this.time);
    }

    /// <inheritdoc/>
    public Task<ReloadResult> ReloadAsync(ReloadExpectation expectation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        return new ReloadRun(watch, options, time, strategy, expectation).RunAsync((_, token) => program.RunAsync(options.Timeout, token), cancellationToken);
    }
}
