using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Reloading;

/// <summary>Makes a HAProxy load the configuration that its files have now, and proves that the new worker serves it.</summary>
public interface IReloader
{
    /// <summary>Waits until HAProxy is settled, reloads it, and waits until a new worker serves or the reload has failed.</summary>
    /// <remarks>
    /// The files must be written before the call, and stay there: a reload that somebody else starts meanwhile then loads the
    /// same. Files that are missing, torn or without a listener are not loaded, where this process may read them: some versions end
    /// on them, and all close every port. Nothing else is checked before; a configuration that HAProxy cannot bind interrupts all
    /// frontends for two seconds. Success means that the new worker serves the frontends of the files and those that were expected.
    /// </remarks>
    /// <param name="expectation">What the new worker must have.</param>
    /// <param name="cancellationToken">Ends the wait; a reload that was asked for goes on.</param>
    /// <returns>Whether the new worker serves, and if not, whether the old one still does.</returns>
    /// <exception cref="RuntimeException">HAProxy could not be asked to reload: nothing has happened.</exception>
    Task<ReloadResult> ReloadAsync(ReloadExpectation expectation, CancellationToken cancellationToken = default);
}
