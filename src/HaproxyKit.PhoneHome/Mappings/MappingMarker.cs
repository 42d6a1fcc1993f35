using System.Globalization;
using HaproxyKit.Expressions;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>
/// The comment above a section that says whose it is: <c># haproxykit mapping NAME:PORT owner=ID lease=TIME</c>. A section counts as ours
/// only where the marker's name and port are those of the section's own name, so that a copied section is the operator's.
/// </summary>
internal sealed record MappingMarker(string Name, int Port, string? Owner, TimeSpan? Lease)
{
    private const string Start = "haproxykit mapping ";

    internal static string Text(Mapping mapping) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Start}{mapping.Name}:{mapping.FrontendPort} owner={mapping.Owner} lease={HaproxyTime.Format(mapping.Lease)}");

    /// <summary>The marker among the comments above a section, or null.</summary>
    internal static MappingMarker? Find(IEnumerable<string> comments) =>
        comments.Select(Parse).FirstOrDefault(marker => marker is not null);

    /// <summary>Which of the comments above a section is its marker.</summary>
    internal static int IndexIn(IReadOnlyList<string> comments) => comments.TakeWhile(comment => Parse(comment) is null).Count();

    private static MappingMarker? Parse(string comment)
    {
        if (!comment.StartsWith(Start, StringComparison.Ordinal))
        {
            return null;
        }

        var words = comment[Start.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var colon = words.Length == 0 ? -1 : words[0].LastIndexOf(':');
        if (colon < 1 || !int.TryParse(words[0].AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        var lease = Value(words, "lease=");
        return new MappingMarker(
            words[0][..colon],
            port,
            Value(words, "owner="),
            lease is not null && HaproxyTime.TryParse(lease, out var time) ? time : null);
    }

    private static string? Value(IEnumerable<string> words, string name) =>
        words.FirstOrDefault(word => word.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
