using System.Globalization;
using HaproxyKit.Expressions;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>
/// The comment above a section that says whose it is: <c># haproxykit mapping NAME:PORT owner=ID lease=TIME</c>, and behind
/// it what callers have said of the mapping (<see cref="MarkerSettings"/>), and <c>closed</c> where it has no node: the directives alone do not tell that from the webhook's own settings. A
/// section counts as ours only where the marker's name and port are those of the section's own name, so that a copied section is the operator's.
/// </summary>
internal sealed record MappingMarker(string Name, int Port, string? Owner, TimeSpan? Lease, MappingSettings? Settings, bool IsClosed)
{
    private const string Start = "haproxykit mapping ";
    private const string Closed = "closed";

    internal static string Text(Mapping mapping) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Start}{mapping.Name}:{mapping.FrontendPort} owner={mapping.Owner} lease={HaproxyTime.Format(mapping.Lease)}{MarkerSettings.Text(mapping.Settings)}{(mapping.IsClosed ? $" {Closed}" : "")}");

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
            lease is not null && HaproxyTime.TryParse(lease, out var time) ? time : null,
            MarkerSettings.Read(name => Value(words, name)),
            IsClosed: words is [_, .., Closed]);
    }

    private static string? Value(IEnumerable<string> words, string name) =>
        words.FirstOrDefault(word => word.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
