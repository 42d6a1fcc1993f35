using System.Text.RegularExpressions;

namespace HaproxyKit.Control.Reloading;

/// <summary>Reloads by <c>systemctl reload UNIT</c>, where systemd runs HAProxy.</summary>
/// <remarks>
/// Packaged units check the files first and signal the master then, so a configuration that is refused never gets to
/// it: then systemctl's own message is told. This process needs the right to reload the unit, as root has it or a
/// polkit rule gives it; systemctl never asks for a password here.
/// </remarks>
public sealed partial class SystemdReloader : IReloader
{
    /// <summary>Where systemd is installed usually.</summary>
    public const string DefaultSystemctl = "/usr/bin/systemctl";

    private readonly CommandReloader command;

    /// <summary>Makes the strategy for one HAProxy.</summary>
    /// <param name="watch">The HAProxy; it need not have a master's socket.</param>
    /// <param name="unit">The unit's name, such as <c>haproxy</c> or <c>haproxy@edge.service</c>.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <param name="time">The clock for time limits; null for the system's.</param>
    /// <param name="systemctl">The full path of the program.</param>
    /// <exception cref="ArgumentException">
    /// The name is no name of a service, or the path is not a full one, or a limit is not positive.
    /// </exception>
    public SystemdReloader(
        WorkerWatch watch, string unit, ReloaderOptions? options = null, TimeProvider? time = null, string systemctl = DefaultSystemctl)
    {
        ArgumentException.ThrowIfNullOrEmpty(unit);
        command = IsUnitName(unit)
            ? new CommandReloader(watch, systemctl, ["--no-ask-password", "reload", unit], options, time, ReloadStrategy.Systemd)
            : throw new ArgumentException("This is no name of a service.", nameof(unit));
    }

    /// <summary>Whether a text is the name of a service: no option, no pattern, and no unit of another kind.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True where it is.</returns>
    public static bool IsUnitName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int MaxLength = 255;
        return text.Length <= MaxLength && UnitName().IsMatch(text);
    }

    /// <inheritdoc/>
    public Task<ReloadResult> ReloadAsync(ReloadExpectation expectation, CancellationToken cancellationToken = default) =>
        command.ReloadAsync(expectation, cancellationToken);

    [GeneratedRegex(
        @"\A(?!-)[A-Za-z0-9:_\\@-]+(\.[A-Za-z0-9:_\\@-]+)*?(\.service)?\z(?<!\.(socket|target|timer|mount|automount|device|path|scope|slice|swap))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnitName();
}
