using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>
/// Finds what names a server, so that HAProxy would not delete it: in its own section by its name, elsewhere by <c>BACKEND/NAME</c>. Only
/// lines that hold the name are read.
/// </summary>
internal static class ServerUses
{
    /// <summary>The first line that names a server, or null.</summary>
    internal static Directive? Find(ProxySection section, Server server)
    {
        var (own, full) = (server.Name, $"{section.Name}/{server.Name}");
        return Lines(section, server, own).FirstOrDefault(line => Names(line, own, full))
            ?? Holding(section.Config, section.Syntax, full)
                .SelectMany(other => Lines(other, server, full))
                .FirstOrDefault(line => Names(line, own, full));
    }

    private static IEnumerable<Section> Holding(HaproxyConfig config, SectionSyntax own, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var sections = config.Document.Sections
            .Where(other => !ReferenceEquals(other, own) && other.Kind != SectionKind.None && other.Bytes.Span.IndexOf(bytes) >= 0);
        foreach (var syntax in sections)
        {
            foreach (var section in config.SectionsOf(syntax.Kind).Named(syntax.Name).Where(section => ReferenceEquals(section.Syntax, syntax)))
            {
                yield return section;
            }
        }
    }

    /// <summary>Of the many lines of servers only those that follow another one name any.</summary>
    private static IEnumerable<Directive> Lines(Section section, Server server, string text) => section.Directives.Where(line =>
        !ReferenceEquals(line, server)
        && line.Text.Contains(text, StringComparison.Ordinal)
        && (line is not Server || line.Text.Contains("track", StringComparison.Ordinal)));

    private static bool Names(Directive line, string own, string full) =>
        line.Refers.Any(reference => reference.Kind == ValueKind.ServerName && reference.Name == own)
        && (line.Text.Contains(full, StringComparison.Ordinal) || !line.Text.Contains($"/{own}", StringComparison.Ordinal));
}
