using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// Notices where somebody has changed a mapping's marked sections by hand: they are neither as they were deployed last nor as they would be
/// written now. Sections that are missing altogether are a template run's doing, and come back whatever is set here.
/// </summary>
internal sealed partial class HandEditWatch(
    MappingSections sections, MappingStore store, EventLog events, IOptions<PhoneHomeOptions> options, ILogger<HandEditWatch> logger)
{
    private readonly ILogger _logger = logger;
    private readonly Dictionary<int, string> _told = [];
    private string? _lookedAt;

    /// <summary>Looks for edits and tells them, at the begin of a pass, under the store's lock. What is respected is kept in the store.</summary>
    /// <param name="read">The file.</param>
    /// <param name="known">The mappings that were deployed last.</param>
    /// <returns>Whether there is something to repair.</returns>
    internal bool Look(ParsedRevision read, DesiredMappings known)
    {
        if (read.Hash != _lookedAt)
        {
            Tell(Find(read, known), known);
            _lookedAt = read.Hash;
        }

        var respected = options.Value.HandEdits == HandEdits.Respect ? store.Known.Edited.Union(_told.Keys) : [];
        store.SaveEdited(respected.Where(port => known[port] is not null));
        return options.Value.HandEdits == HandEdits.Repair && _told.Count > 0;
    }

    /// <summary>The edited sections, as text, by port.</summary>
    private Dictionary<int, string> Find(ParsedRevision read, DesiredMappings known)
    {
        if (store.LastGood.IsOf(read.Hash) || store.LastGood.Read() is not { } bytes || ConfigRevision.HashOf(bytes) == read.Hash)
        {
            return [];
        }

        var present = MappingSections.OwnLines(read.Document);
        var deployed = MappingSections.OwnLines(ConfigDocument.Parse(bytes));
        var edited = present.Where(pair => deployed.TryGetValue(pair.Key, out var then) && !then.Equals(pair.Value, StringComparison.Ordinal)).Select(pair => pair.Key).ToList();
        if (edited.Count == 0)
        {
            return [];
        }

        var wanted = MappingSections.OwnLines(sections.Apply(read.Document, known.All));
        var ports = known.All.SelectMany(mapping => new[] { (Name: mapping.FrontendName, mapping.FrontendPort), (Name: mapping.BackendName, mapping.FrontendPort) })
            .ToDictionary(pair => pair.Name, pair => pair.FrontendPort, StringComparer.Ordinal);
        return edited.Where(name => ports.ContainsKey(name) && !present[name].Equals(wanted.GetValueOrDefault(name), StringComparison.Ordinal))
            .GroupBy(name => ports[name])
            .ToDictionary(group => group.Key, group => string.Concat(group.Order(StringComparer.Ordinal).Select(name => present[name])));
    }

    /// <summary>Tells each edit once.</summary>
    private void Tell(Dictionary<int, string> found, DesiredMappings known)
    {
        var isRespected = options.Value.HandEdits == HandEdits.Respect;
        foreach (var (port, text) in found.Where(pair => !pair.Value.Equals(_told.GetValueOrDefault(pair.Key), StringComparison.Ordinal)))
        {
            LogEdited(port, isRespected ? "stays so until its mapping changes" : "is written again");
            PhoneHomeTelemetry.RecordHandEdit(options.Value.HandEdits);
            events.Add(MappingEvents.Of(known[port]!, PhoneHomeEventKind.HandEdited) with
            {
                Message = isRespected
                    ? "its sections were changed by hand, and stay so until the mapping changes"
                    : "its sections were changed by hand, and are written again",
            });
        }

        _told.Clear();
        foreach (var (port, text) in found)
        {
            _told.Add(port, text);
        }
    }

    [LoggerMessage(4201, LogLevel.Warning, "The sections of the mapping on port {Port} were changed by hand: what was changed {Fate}.")]
    private partial void LogEdited(int port, string fate);
}
