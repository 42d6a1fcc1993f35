using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// Takes over what stands in HAProxy's file and is not known: our own sections at the start, where the state folder was lost or this is the first
/// one; the incumbent's whenever they are seen. What was deleted, and still stands there since we died in between, is not.
/// </summary>
internal sealed partial class FileIntake(
    MappingStore store, MappingDeployment deployment, HandEditWatch edits, HandEditRepair repair, EventLog events, SharedSettings settings, IOptions<PhoneHomeOptions> options,
    ILogger<FileIntake> logger)
{
    private readonly ILogger _logger = logger;
    private bool _hasBegun;

    /// <summary>Looks at the file before a pass; under the store's lock.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var read = await deployment.ReadFileAsync(cancellationToken).ConfigureAwait(false);
        var known = store.Load();
        if (!_hasBegun)
        {
            settings.Compare();
            if (!store.Exists && read.Mappings.Count > 0)
            {
                // The state folder was lost: which signed calls have been taken nobody knows, so that none of before is taken again.
                store.ForgetSignatures();
            }

            var found = read.Mappings.Where(mapping => known[mapping.FrontendPort] is null && !store.IsGone(mapping.FrontendPort));
            known = found.Aggregate(known, (mappings, mapping) => mappings.With(mapping)).Declare(options.Value.DeclaredPorts, options.Value.DefaultLease);
            store.Save(known);
            _hasBegun = true;
        }

        known = TakeOver(read, known);
        if (edits.Look(read, known))
        {
            await repair.WriteBackAsync(read, known, cancellationToken).ConfigureAwait(false);
        }
    }

    private DesiredMappings TakeOver(ParsedRevision read, DesiredMappings known)
    {
        if (options.Value.ImportIncumbent is not { Length: > 0 } owner)
        {
            return known;
        }

        // A port that is only declared is served by the incumbent's section until somebody calls for it.
        var found = read.Incumbents.Where(section => DesiredMappings.IsUnclaimed(known[section.Port]) && !store.IsGone(section.Port))
            .Select(section => section.ToMapping(owner, options.Value.DefaultLease) with
            {
                IsDeclared = known[section.Port]?.IsDeclared ?? false,
                IsNamedByPort = known[section.Port]?.IsNamedByPort ?? false,
            })
            .ToList();
        if (found.Count == 0)
        {
            return known;
        }

        known = found.Aggregate(known, static (mappings, mapping) => mappings.With(mapping));
        store.Save(known);
        foreach (var mapping in found)
        {
            LogTakenOver(mapping.FrontendPort, mapping.Name, owner);
            events.Add(MappingEvents.Of(mapping, PhoneHomeEventKind.Created) with { Message = "taken over from the incumbent's section", Revision = read.Hash });
        }

        return known;
    }

    [LoggerMessage(4211, LogLevel.Information, "The mapping '{Name}' on port {Port}, which the incumbent's script has written, is taken over for '{Owner}'.")]
    private partial void LogTakenOver(int port, string name, string owner);
}
