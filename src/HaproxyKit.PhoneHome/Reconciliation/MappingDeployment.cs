using System.Collections.Immutable;
using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>Mappings on their way to HAProxy: as an edit of its file.</summary>
internal sealed class MappingDeployment(
    MappingFile file, InvocationFiles others, Deployer deployer, DeploymentPreviewer previewer, MappingSections sections, MappingStore store, IOptions<PhoneHomeOptions> options)
{
    /// <summary>What drains by our own doing.</summary>
    private ImmutableArray<ServerDrainage> _draining = [];

    /// <summary>The worker that was seen last to serve what was deployed, or null.</summary>
    internal int? WorkerPid { get; private set; }

    private bool TakesOverIncumbent => !string.IsNullOrEmpty(options.Value.ImportIncumbent);

    /// <summary>The file as it stands.</summary>
    internal Task<ParsedRevision> ReadFileAsync(CancellationToken cancellationToken) => file.ReadAsync(cancellationToken);

    /// <summary>The ports that the operator's lines listen on, in all files that HAProxy reads, loaded already or not.</summary>
    internal async Task<OperatorListeners> ReadListenersAsync(CancellationToken cancellationToken)
    {
        var read = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (await others.ReadOthersAsync(cancellationToken).ConfigureAwait(false)).Documents
            .Aggregate(read.Listeners, static (listeners, document) => listeners.With(document));
    }

    /// <summary>The mappings that stand in the file.</summary>
    internal async Task<IReadOnlyList<Mapping>> ReadAsync(CancellationToken cancellationToken) =>
        (await file.ReadAsync(cancellationToken).ConfigureAwait(false)).Mappings;

    /// <summary>The content hash of the file as it stands.</summary>
    internal async Task<string> ReadRevisionAsync(CancellationToken cancellationToken) => (await file.ReadAsync(cancellationToken).ConfigureAwait(false)).Hash;

    /// <summary>What a change would do; nothing is written, and HAProxy is only asked.</summary>
    internal async Task<DeploymentPreview> PreviewAsync(DesiredMappings before, DesiredMappings wanted, CancellationToken cancellationToken) =>
        await previewer.PreviewAsync(await RequestAsync(before, wanted, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    internal async Task<DeploymentResult> DeployAsync(DesiredMappings before, DesiredMappings wanted, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(before, wanted, cancellationToken).ConfigureAwait(false);
        WorkerPid = null;
        var result = await deployer.ApplyAsync(request, cancellationToken).ConfigureAwait(false);

        // From here on HAProxy has the change, and nothing may throw.
        _draining = [.. _draining.AddRange(result.Drainages).Where(drainage => !drainage.Completion.IsCompleted)];
        WorkerPid = result.Outcome is DeploymentOutcome.Applied or DeploymentOutcome.Unchanged ? result.WorkerPid : null;
        if (result is { Outcome: DeploymentOutcome.Applied or DeploymentOutcome.Unchanged, WorkerPid: not null, Candidate: { } served })
        {
            store.LastGood.Note(served, result.Revision, isNew: result.Outcome == DeploymentOutcome.Applied);
            file.Note(result.Revision, served);
        }

        return result;
    }

    private async Task<DeploymentRequest> RequestAsync(DesiredMappings before, DesiredMappings wanted, CancellationToken cancellationToken)
    {
        var read = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        var taken = read.Incumbents.Where(section => wanted[section.Port] is not null)
            .SelectMany(section => new[] { section.FrontendName, section.BackendName }).ToHashSet(StringComparer.Ordinal);
        var strangers = read.Strangers.Where(MappingNames.IsOurs).ToHashSet(StringComparer.Ordinal);
        if (strangers.Count > 0)
        {
            // Somebody has taken the marker off a mapping's section: it is written again.
            strangers.ExceptWith(NamesOf(before.All.Concat(wanted.All)));
        }

        var slots = SlotsOf(read);
        return new DeploymentRequest
        {
            Edit = Edit(wanted, before, slots),
            Undo = Edit(before, before, slots),
            IsManaged = name => taken.Contains(name) || (MappingNames.IsOurs(name) && !strangers.Contains(name)),
            DrainGrace = DrainTimeOf(before, wanted),
            ClosedFrontends = wanted.ClosedFrontends,
            IsOwnMaintenance = slots.OwnMaintenance(wanted.All),
        };
    }

    /// <summary>
    /// The edit that makes a file hold these mappings; which servers drain, and which sections stay as somebody has edited them, is asked once, so
    /// that it is the same each time.
    /// </summary>
    internal Func<ConfigDocument, ConfigDocument> Edit(DesiredMappings wanted, DesiredMappings before, ParsedRevision read) =>
        Edit(wanted, before, SlotsOf(read));

    private Func<ConfigDocument, ConfigDocument> Edit(DesiredMappings wanted, DesiredMappings before, ServedSlots slots)
    {
        var draining = _draining.Where(drainage => !drainage.Completion.IsCompleted).Select(drainage => (drainage.Backend, drainage.Server)).ToHashSet();
        var edit = new MappingEdit
        {
            Sections = sections,
            IsDraining = (backend, server) => draining.Contains((backend, server)),
            Untouched = store.Known.Edited.Where(port => wanted[port] is { } mapping && mapping.Equals(before[port])).ToHashSet(),
            TakesOverIncumbent = TakesOverIncumbent,
            Gone = store.Known.Gone,
            Served = slots,
        };
        return current => edit.Apply(current, wanted);
    }

    private ServedSlots SlotsOf(ParsedRevision read)
    {
        var bytes = store.LastGood.IsOf(read.Hash) ? null : store.LastGood.Read();
        return new ServedSlots(new(() => bytes is null ? null : ConfigDocument.Parse(bytes)), read.Document);
    }

    /// <summary>The longest drain time of those mappings that change: what goes at once waits together.</summary>
    private TimeSpan DrainTimeOf(DesiredMappings before, DesiredMappings wanted) => before.All
        .Where(mapping => wanted[mapping.FrontendPort] is var then && !ReferenceEquals(mapping, then))
        .Select(mapping => sections.DrainTimeOf(wanted[mapping.FrontendPort] ?? mapping))
        .DefaultIfEmpty(sections.DrainTimeOf(null))
        .Max();

    private static IEnumerable<string> NamesOf(IEnumerable<Mapping> mappings) => mappings.SelectMany(mapping => new[] { mapping.FrontendName, mapping.BackendName });
}
