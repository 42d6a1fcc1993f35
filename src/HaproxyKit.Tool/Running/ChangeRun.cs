using System.Collections.Immutable;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Running;

/// <summary>Carries out one change of the target and notes it.</summary>
/// <param name="settings">Which HAProxy is meant.</param>
/// <param name="origin">What makes the change.</param>
/// <param name="undoes">The changes that it undoes.</param>
/// <param name="drainGrace">How long sessions of a server that goes may last.</param>
internal sealed class ChangeRun(ControlSettings settings, string origin, ImmutableArray<int> undoes, TimeSpan drainGrace)
{
    /// <summary>What is asked for to make the target hold a text.</summary>
    internal DeploymentRequest RequestOf(ConfigRevision expected, ConfigDocument wanted) =>
        RequestOf(wanted) with { ExpectedRevision = expected.Hash, DrainGrace = drainGrace };

    /// <summary>The same whatever the target holds. A reload would open ports that wait for a call, until the webhook closes them again.</summary>
    internal static DeploymentRequest RequestOf(ConfigDocument wanted)
    {
        var closed = WaitingProxies.In(wanted).Frontends;
        return new() { Edit = _ => wanted, ClosedFrontends = closed, IsManaged = closed.Contains };
    }

    /// <summary>Makes the target hold a text, if it still is the revision that the text was made for.</summary>
    /// <exception cref="ToolException">The file cannot be read or written, or is another revision; nothing was done.</exception>
    internal async Task<ChangeResult> RunAsync(
        RunningHaproxy haproxy, ConfigRevision expected, ConfigDocument wanted, CancellationToken cancellationToken)
    {
        var history = ChangeHistory.Open(settings);
        if (await haproxy.FindObstacleAsync(cancellationToken).ConfigureAwait(false) is { } obstacle)
        {
            var outcome = obstacle.Id == DiagnosticIds.HaproxyUnreachable ? DeploymentOutcome.Unreachable : DeploymentOutcome.Rejected;
            var refused = new DeploymentResult { Outcome = outcome, Revision = expected.Hash, Diagnostics = [obstacle] };
            return new ChangeResult(refused, Number: null);
        }

        var verification = await haproxy.File.VerifyAsync(cancellationToken).ConfigureAwait(false);
        if (verification.Fault is { } fault)
        {
            throw haproxy.Unwritable(new ConfigFileException(fault, verification.Message));
        }

        var result = await ApplyAsync(haproxy, RequestOf(expected, wanted), cancellationToken).ConfigureAwait(false);
        if (!IsMade(result, wanted, expected))
        {
            return new ChangeResult(result, Number: null);
        }

        var (number, trouble) = await ChangeHistory.AddAsync(history, new RevisionHistoryEntry
        {
            Before = expected.Content,
            After = wanted.ToBytes(),
            Outcome = result.Outcome,
            Origin = ChangeHistory.Origin(origin),
            Steps = [.. result.Plan.Steps.Select(step => step.Description)],
            Undoes = undoes,
        }).ConfigureAwait(false);
        var noted = trouble is null ? result : result with { Diagnostics = result.Diagnostics.Add(trouble) };
        return new ChangeResult(noted, number) { Drained = await DrainAsync(result.Drainages, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Waits until the servers that went are gone. Ctrl-C leaves them without new sessions, and not deleted.</summary>
    private static async Task<ImmutableArray<DrainedServer>> DrainAsync(ImmutableArray<ServerDrainage> drainages, CancellationToken cancellationToken)
    {
        var drained = ImmutableArray.CreateBuilder<DrainedServer>();
        foreach (var drainage in drainages)
        {
            DrainageResult? result = null;
            try
            {
                result = await drainage.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The change is made all the same; what is left to do is told.
            }

            drained.Add(new DrainedServer($"{drainage.Backend}/{drainage.Server}", result));
        }

        return drained.ToImmutable();
    }

    private static async Task<DeploymentResult> ApplyAsync(RunningHaproxy haproxy, DeploymentRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await haproxy.Deployer.ApplyAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ConfigFileException e)
        {
            throw haproxy.Unwritable(e);
        }
    }

    /// <summary>Whether the file was another one for a while at least.</summary>
    private static bool IsMade(DeploymentResult result, ConfigDocument wanted, ConfigRevision expected) => result.Outcome switch
    {
        DeploymentOutcome.Applied or DeploymentOutcome.RolledBack => true,
        DeploymentOutcome.Unreachable => result.Revision == ConfigRevision.HashOf(wanted.ToBytes()) && result.Revision != expected.Hash,
        _ => false,
    };
}
