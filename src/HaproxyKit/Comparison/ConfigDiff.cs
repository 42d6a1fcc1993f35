using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using HaproxyKit.Syntax;

namespace HaproxyKit.Comparison;

/// <summary>
/// The differences of meaning between two documents. It is empty exactly when HAProxy would read the same words in
/// both, in the same order wherever the order matters: blanks, comments, line endings and ways of quoting are no
/// difference.
/// </summary>
/// <remarks>
/// <para>
/// Order matters among the rules of a section (<c>acl</c>, <c>http-request</c>, <c>use_backend</c> and their like are
/// one family, as an acl must stand above its use and HAProxy warns of rules that stand behind those which it processes
/// later), among servers and <c>default-server</c>, among binds, among checks, among lines of one keyword; between
/// <c>defaults</c> and the proxies behind it, between <c>global</c> and all that follows. It does not matter between
/// single-valued settings such as <c>mode</c> and <c>timeout client</c>, nor among proxies.
/// </para>
/// <para>
/// A section is known by its kind and name; where it has another name and otherwise exactly the same lines as one
/// that is gone, it was renamed: its header changed. A server, an acl, a bind, an option or a setting is known by its
/// name, wherever it stands; a rule is the same one where it has the same action and stands between the same
/// neighbours.
/// </para>
/// <para>
/// Conditions (<c>.if</c>) are compared as lines; what stands in them has moved when another of the conditions that
/// both documents have decides about it. A reference to an environment variable is equal to the same reference, whatever
/// its value; words that HAProxy makes of a line's number (<c>$.LINE</c>) are not looked into. The time is that of
/// reading what lies between the first and the last section that differ.
/// </para>
/// </remarks>
public sealed class ConfigDiff : IReadOnlyList<ConfigChange>
{
    private readonly ImmutableArray<ConfigChange> _changes;

    private ConfigDiff(ImmutableArray<ConfigChange> changes) => _changes = changes;

    /// <summary>Whether both documents say the same.</summary>
    public bool IsEmpty => _changes.IsEmpty;

    /// <summary>How many changes there are.</summary>
    public int Count => _changes.Length;

    /// <summary>One change.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such change.</exception>
    public ConfigChange this[int index] => _changes[index];

    /// <summary>Compares two documents.</summary>
    /// <param name="before">The earlier document.</param>
    /// <param name="after">The later document.</param>
    /// <returns>
    /// The changes by their place in the later document, or in the earlier one for what is gone. The difference in the
    /// other direction has the same changes, inverted.
    /// </returns>
    /// <exception cref="ArgumentNullException">A document is null.</exception>
    public static ConfigDiff Between(ConfigDocument before, ConfigDocument after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new ConfigDiff(DocumentComparison.Compare(before, after));
    }

    /// <summary>The differences for people.</summary>
    /// <returns>Each change as <see cref="ConfigChange.Render"/> has it, on lines that end in LF.</returns>
    public string Render() => string.Concat(_changes.Select(change => change.Render() + "\n"));

    /// <summary>The differences for programs.</summary>
    /// <returns>
    /// A JSON array of objects with the properties of <see cref="ConfigChange"/>; what is null is left out.
    /// </returns>
    public string ToJson() => ToJson(_changes);

    /// <summary>Changes for programs: some of them, or with the places of several files.</summary>
    /// <param name="changes">The changes.</param>
    /// <returns>The same as <see cref="ToJson()"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="changes"/> is null.</exception>
    public static string ToJson(IEnumerable<ConfigChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return JsonSerializer.Serialize([.. changes], ComparisonJsonContext.Readable.ImmutableArrayConfigChange);
    }

    /// <inheritdoc/>
    public IEnumerator<ConfigChange> GetEnumerator() => ((IEnumerable<ConfigChange>)_changes).GetEnumerator();

    /// <summary>The changes, one a line.</summary>
    /// <returns>Each change as its own <see cref="ConfigChange.ToString"/> has it.</returns>
    public override string ToString() => string.Join('\n', _changes);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
