using System.Globalization;
using HaproxyKit.PhoneHome.Mappings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// The settings in which processes must agree that work on the same mappings, as each writes HAProxy's file by its own. They stand in the state folder,
/// so that one which begins with others than the last one says so.
/// </summary>
internal sealed partial class SharedSettings(
    MappingStore store, IOptions<PhoneHomeOptions> options, IOptions<MappingSectionOptions> sections, ILogger<SharedSettings> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Tells what is set otherwise than the process had it that began last, and writes down ours; under the store's lock.</summary>
    internal void Compare()
    {
        var own = Read();
        var last = store.ReadSettings();
        var others = last.Keys.Union(own.Keys).Where(name => last.GetValueOrDefault(name) != own.GetValueOrDefault(name)).Order(StringComparer.Ordinal).ToList();
        if (others.Count == 0)
        {
            return;
        }

        if (last.Count > 0)
        {
            LogOthers(string.Join(", ", others));
        }

        store.SaveSettings(own);
    }

    private Dictionary<string, string> Read()
    {
        var (mappings, written) = (options.Value, sections.Value);
        var declared = mappings.DeclaredPorts.OrderBy(port => port.Port)
            .Select(port => string.Create(CultureInfo.InvariantCulture, $"{port.BindAddress}:{port.Port} {port.Name} {port.SendProxy}"));
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [NameOf(nameof(mappings.DeclaredPorts))] = string.Join('\n', declared),
            [NameOf(nameof(mappings.DefaultLease))] = Text(mappings.DefaultLease),
            [NameOf(nameof(mappings.ClosedFor))] = Text(mappings.ClosedFor),
            [NameOf(nameof(mappings.HandEdits))] = mappings.HandEdits.ToString(),
            [NameOf(nameof(mappings.ImportIncumbent))] = mappings.ImportIncumbent ?? "",
            [NameIn(nameof(written.BindAddress))] = written.BindAddress,
            [NameIn(nameof(written.ConnectTimeout))] = Text(written.ConnectTimeout),
            [NameIn(nameof(written.IdleTimeout))] = Text(written.IdleTimeout),
            [NameIn(nameof(written.CheckInterval))] = Text(written.CheckInterval),
            [NameIn(nameof(written.CheckFall))] = Text(written.CheckFall),
            [NameIn(nameof(written.CheckRise))] = Text(written.CheckRise),
            [NameIn(nameof(written.DrainTime))] = Text(written.DrainTime),
            [NameIn(nameof(written.Peers))] = written.Peers ?? "",
            [NameIn(nameof(written.SlotCount))] = Text(written.SlotCount),
        };
    }

    private static string NameOf(string setting) => $"{PhoneHomeOptions.SectionName}:{setting}";

    private static string NameIn(string setting) => $"{MappingSectionOptions.SectionName}:{setting}";

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    [LoggerMessage(
        4212,
        LogLevel.Warning,
        "Other settings than those with which the state folder was used last: {Settings}. A process that still runs with those undoes what this one does: it needs the same, and to be started anew.")]
    private partial void LogOthers(string settings);
}
