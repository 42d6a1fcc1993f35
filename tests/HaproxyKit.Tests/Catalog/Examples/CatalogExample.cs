namespace HaproxyKit.Tests.Catalog.Examples;

/// <summary>A word with a line that HAProxy accepts and one that it refuses for its form.</summary>
/// <param name="Rule">The ruleset, or <c>bind</c> or <c>server</c>.</param>
/// <param name="Word">The word as HAProxy lists it, a prefix with its asterisk.</param>
/// <param name="Since">The first version that it is for, or a dash.</param>
/// <param name="Before">The first version that it is not for any more, or a dash.</param>
/// <param name="Mode">The mode of the proxy.</param>
/// <param name="Setup">Lines that stand before it.</param>
/// <param name="Accepted">A line that HAProxy accepts.</param>
/// <param name="Refused">A line that it refuses.</param>
internal sealed record CatalogExample(
    string Rule, string Word, string Since, string Before, string Mode, string Setup, string Accepted, string Refused)
{
    internal bool IsFor(string branch) => ExampleFile.IsIn(branch, Since, Before);
}
