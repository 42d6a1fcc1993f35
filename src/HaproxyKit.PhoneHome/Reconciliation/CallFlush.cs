using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// At an interval: tells the processes that share the state folder which nodes have called, in one write for all; and looks whether what was in
/// the way of changes is gone, which no call may be there to find out.
/// </summary>
internal sealed partial class CallFlush(MappingReconciler reconciler, MappingStore store, IOptions<PhoneHomeOptions> options, TimeProvider time, ILogger<CallFlush> logger) : BackgroundService
{
    // Half of the shortest lease: whoever looks at leases elsewhere sees each call in time.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = logger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = options.Value.MaintenanceInterval < LongestPause ? options.Value.MaintenanceInterval : LongestPause;
        using var timer = new PeriodicTimer(pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                if (store.HasNewCalls)
                {
                    using var alone = await store.LockAsync(stoppingToken).ConfigureAwait(false);
                    store.SaveCalls();
                }

                if (reconciler.Obstacle is not null)
                {
                    // What became of it the reconciler tells.
                    await ((Task)reconciler.RepairAsync(stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A full disk, a folder that is gone for a moment: what could not be written goes with the next write.
                LogNotWritten(e.Message);
            }
        }
    }

    [LoggerMessage(4111, LogLevel.Error, "Which nodes have called could not be written: {Reason}")]
    private partial void LogNotWritten(string reason);
}
