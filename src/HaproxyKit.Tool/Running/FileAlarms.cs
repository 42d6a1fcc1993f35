using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tool.Running;

/// <summary>What the files of a configuration leave out that reloads need in production.</summary>
internal static class FileAlarms
{
    internal static IEnumerable<string> Of(IReadOnlyList<ConfigDocument> documents)
    {
        var configs = documents.Select(document => new HaproxyConfig(document)).ToList();
        if (!configs.SelectMany(config => config.Sections.OfType<Global>()).Any(global => global.HardStopAfter is not null))
        {
            yield return "no hard-stop-after in global: each long session keeps an old worker after a reload, for as long as it lasts";
        }

        foreach (var table in configs.SelectMany(config => config.Sections).SelectMany(section => section.Directives).OfType<StickTable>())
        {
            if (table.Peers is null && table.Section.Kind is SectionKind.Frontend or SectionKind.Backend or SectionKind.Listen)
            {
                yield return $"the stick table of {table.Section.Name} names no peers: each reload empties it";
            }
        }
    }
}
