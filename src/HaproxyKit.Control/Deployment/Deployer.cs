using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Syntax;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Makes a running HAProxy follow a change of its configuration without breaking it: the file first, then the Runtime API where it does, else
/// one reload; what HAProxy serves is read back, and a change that it does not follow is undone.
/// </summary>
/// <remarks>
/// Requests that come together go together: one write, and one reload at most in an interval. Each is answered for itself, and one that
/// HAProxy refuses takes no other with it. Once the file is written, a deployment is carried through and not cancelled.
/// </remarks>
public sealed partial class Deployer : IDisposable, IAsyncDisposable
{
    private readonly DeploymentQueue _queue;
    private readonly BackgroundCheck _backgroundCheck;
    private readonly ServerDrainages _drainages;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DeploymentStanding _standing;
    private readonly DeploymentTelemetry _telemetry;

    /// <summary>A deployer for one file and the HAProxy that reads it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="checker">Judges candidates as HAProxy itself does.</param>
    /// <param name="runtime">The stats socket of the running HAProxy, with level admin.</param>
    /// <param name="watch">Tells one worker from the next.</param>
    /// <param name="reloader">Makes HAProxy read its configuration anew.</param>
    /// <param name="probe">Tries new binds before HAProxy does.</param>
    /// <param name="options">How patient to be, or null for the defaults.</param>
    /// <param name="logger">Where to tell what is done, or null.</param>
    /// <param name="alarms">Where to write up what a person has to look at, or null for a board of its own.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public Deployer(
        ConfigFile file, IConfigChecker checker, RuntimeClient runtime, WorkerWatch watch, IReloader reloader, BindProbe probe,
        DeployerOptions? options = null, ILogger<Deployer>? logger = null, AlarmBoard? alarms = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        options ??= new DeployerOptions();
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<Deployer>.Instance;
        Alarms = alarms ?? new AlarmBoard(time: _time);

        _standing = new DeploymentStanding();
        var documents = new DocumentCache(file.Path);
        var reader = new RunningStateReader(runtime);
        var observer = new HaproxyObserver(watch, reader, new HaproxyPresence(watch, checker));
        var judge = new CandidateJudge(file.Path, checker, probe) { ClosedFrontends = () => _standing.ClosedFrontends };
        var acceptance = new Acceptance(judge, ForeignLines, options, _time);
        var applier = new RuntimeApplier(runtime, watch, reader, options, _time);
        var gate = new ReloadGate(options.ReloadInterval, _time);
        var road = new ReloadRoad(reloader, runtime, gate, _time);
        _telemetry = new DeploymentTelemetry(runtime.Endpoint.Place, _time);
        var reversal = new Reversal(file, documents, observer, applier, road, _standing, options);
        _drainages = new ServerDrainages(runtime, watch, _time);
        var marks = new UnfinishedMarks(file.Path);
        var composer = new Composer(file, documents, observer, _drainages, marks, _standing, ForeignLines);
        _backgroundCheck = new BackgroundCheck(file, documents, judge, acceptance, Alarms, options, _time, request => ApplyAsync(request));
        var run = new DeploymentRun(
            file, documents, composer, judge, acceptance, observer, applier, road, reversal, _drainages, _backgroundCheck, _standing, marks, ForeignLines, options, _logger);
        _queue = new DeploymentQueue(composer, run, gate, _time);
    }

    /// <summary>Where it is written up what a person has to look at.</summary>
    public AlarmBoard Alarms { get; }

    /// <summary>
    /// What this deployer has written last, or found in the file as wanted; null before the first change. What the file holds beyond that,
    /// somebody else has written.
    /// </summary>
    public ConfigDocument? LastDeployed => _standing.LastDeployed;

    /// <summary>The frontends that are closed although no line says so, and are meant to be.</summary>
    internal IReadOnlySet<string> ClosedFrontends => _standing.ClosedFrontends;

    /// <summary>What others have saved and HAProxy has not loaded.</summary>
    internal ForeignLines ForeignLines { get; } = new();

    /// <summary>Whether a change is on its way between file and HAProxy: then they differ, and are meant to.</summary>
    internal bool IsUnderWay => _standing.IsUnderWay;

    /// <summary>The servers that drain.</summary>
    internal ServerDrainages Drainages => _drainages;

    /// <summary>Carries out a change.</summary>
    /// <param name="request">The change and its reverse.</param>
    /// <param name="cancellationToken">Gives up before the file is written; later it has no effect.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentException">A path of <see cref="DeploymentRequest.Files"/> is no full one.</exception>
    /// <exception cref="ConfigFileException">The file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Nothing was done.</exception>
    /// <exception cref="ObjectDisposedException">The deployer was disposed of before the change was begun.</exception>
    public async Task<DeploymentResult> ApplyAsync(DeploymentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Files.FirstOrDefault(file => !Path.IsPathFullyQualified(file.Path)) is { } relative)
        {
            throw new ArgumentException($"A file is written by its full path, not as '{relative.Path}'.", nameof(request));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var result = await _telemetry.MeasureAsync(() =>
        {
            var ticket = new DeploymentTicket(request, _time, cancellationToken);
            _queue.Add(ticket);
            return ticket.Result;
        }).ConfigureAwait(false);
        LogResult(result.Outcome, result.Plan.Steps.Length, result.Revision);
        return result;
    }

    /// <summary>Takes no further change. What has begun is carried through, and not waited for.</summary>
    public void Dispose()
    {
        _backgroundCheck.Dispose();
        _telemetry.Dispose();
        _queue.Stop();
    }

    /// <summary>Takes no further change, and waits for what has begun.</summary>
    /// <returns>A task that ends when nothing is under way.</returns>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _queue.DisposeAsync().ConfigureAwait(false);
        await _backgroundCheck.DisposeAsync().ConfigureAwait(false);
        await _drainages.StopAsync().ConfigureAwait(false);
    }
}
