using System.Text.Json.Serialization;

namespace HaproxyKit.Comparison;

/// <summary>
/// What became of one word of a line. On <c>bind</c>, <c>server</c>, <c>default-server</c>, <c>server-template</c> and
/// <c>stick-table</c> lines a word is known by its name and goes with its value; on other lines it is known by its
/// place.
/// </summary>
public sealed record WordChange
{
    /// <summary>What became of it.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>
    /// The word's name, such as <c>weight</c> or <c>ssl</c>; <c>name</c>, <c>address</c> and <c>count</c> for those
    /// that come first; null on lines whose words have no names.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// The value in the earlier document: of a named word the one behind it, null where it takes none; else the word
    /// itself. Null where the word was added.
    /// </summary>
    public string? Old { get; init; }

    /// <summary>The value in the later document, see <see cref="Old"/>; null where the word was removed.</summary>
    public string? New { get; init; }

    /// <summary>The word's place in the earlier line, from 0; -1 where it was added.</summary>
    public int OldIndex { get; init; } = -1;

    /// <summary>The word's place in the later line, from 0; -1 where it was removed.</summary>
    public int NewIndex { get; init; } = -1;

    /// <summary>
    /// Whether a value refers to environment variables, so that only the running HAProxy knows what it is.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasVariables { get; init; }

    /// <summary>The change for people.</summary>
    /// <returns>For example <c>weight 10 -> 20</c>, <c>+ssl</c>, <c>-check</c>.</returns>
    public override string ToString() => ChangeRenderer.Describe(this);
}
