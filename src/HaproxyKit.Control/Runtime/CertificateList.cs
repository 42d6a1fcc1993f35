namespace HaproxyKit.Control.Runtime;

/// <summary>The names of a worker's certificates (management guide, 9.3, <c>show ssl cert</c>).</summary>
/// <param name="Names">The certificates.</param>
/// <param name="Uncommitted">Those of them for which another one was set that is not committed yet.</param>
public sealed record CertificateList(IReadOnlyList<string> Names, IReadOnlyList<string> Uncommitted)
{
    private const string FileHeader = "# filename";
    private const string TransactionHeader = "# transaction";

    /// <summary>Two lists are equal when they hold the same names in the same order.</summary>
    /// <param name="other">The list to compare with.</param>
    /// <returns>True when they do.</returns>
    public bool Equals(CertificateList? other) => other is not null
        && Names.SequenceEqual(other.Names, StringComparer.Ordinal)
        && Uncommitted.SequenceEqual(other.Uncommitted, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Names.Count, Uncommitted.Count);

    /// <returns>The names, or null where the answer is not such a list.</returns>
    internal static CertificateList? Parse(string answer)
    {
        var names = new List<string>();
        var uncommitted = new List<string>();
        List<string>? section = null;
        foreach (var line in answer.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line is FileHeader or TransactionHeader)
            {
                section = line == FileHeader ? names : uncommitted;
            }
            else if (section is null)
            {
                return null;
            }
            else
            {
                section.Add(section == uncommitted ? line.TrimStart('*') : line);
            }
        }

        return new CertificateList(names, uncommitted);
    }
}
