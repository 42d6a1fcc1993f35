using System.Globalization;

namespace HaproxyKit.Tests.EdgeScript;

/// <summary>One <c>check</c> of a script.</summary>
public sealed record CheckModel(string? Every, int? Fall, int? Rise)
{
    /// <summary>What is said, by keyword.</summary>
    public IEnumerable<(string Keyword, string Value)> Options =>
        new[] { ("every", Every), ("fall", Fall?.ToString(CultureInfo.InvariantCulture)), ("rise", Rise?.ToString(CultureInfo.InvariantCulture)) }
            .Where(o => o.Item2 is not null)
            .Select(o => (o.Item1, o.Item2!));
}
