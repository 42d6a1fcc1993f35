using System.Collections.Immutable;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>
/// A server with all words that count for it, as HAProxy puts them together: those of <c>default-server</c> in the <c>defaults</c> that its
/// section takes from, then those of the <c>default-server</c> lines above it, then its own; of each word the last one counts.
/// </summary>
internal sealed class EffectiveServer
{
    private EffectiveServer(ImmutableArray<ServerWordUse> words) => Words = words;

    /// <summary>The words behind the address that have a meaning, in order.</summary>
    internal ImmutableArray<ServerWordUse> Words { get; }

    /// <summary>Whether it begins in maintenance.</summary>
    internal bool IsDisabled => Has("disabled");

    /// <summary>Reads a server, or tells why its words cannot be known from the file alone.</summary>
    /// <param name="defaultLines">The <c>default-server</c> lines that count for it, in HAProxy's order.</param>
    /// <param name="server">The server.</param>
    internal static (EffectiveServer? Server, string? Obstacle) Read(IEnumerable<Directive> defaultLines, Server server)
    {
        var uses = new List<ServerWordUse>();
        foreach (var line in defaultLines)
        {
            if (line.IsConditional || line.Modifier != DirectiveModifier.None)
            {
                return (null, "a condition decides about its default-server");
            }

            if (Append(uses, line, first: 0) is { } obstacle)
            {
                return (null, obstacle);
            }
        }

        return Append(uses, server, first: 2) is { } why ? (null, why) : (new EffectiveServer([.. uses]), null);
    }

    /// <summary>Whether a word counts.</summary>
    internal bool Has(string name) => Words.Any(use => use.Word.Name == name);

    /// <summary>The value of a word, or null where it does not count.</summary>
    internal string? Value(string name) => Words.FirstOrDefault(use => use.Word.Name == name) is { Word: not null } use ? use.Value : null;

    private static string? Append(List<ServerWordUse> uses, Directive line, int first)
    {
        var words = line.Arguments.Skip(first).ToList();
        if (words.Exists(word => (word.Traits & (WordTraits.Variable | WordTraits.Faulty)) != 0))
        {
            return "its line says what only HAProxy's environment knows";
        }

        for (var i = 0; i < words.Count;)
        {
            if (ServerWordTable.Find(words[i].Value) is not { } word)
            {
                return $"'{words[i].Value}' is no word that is known";
            }

            var length = word.TakesValue ? 2 : 1;
            while (word.Name == "source" && i + length + 1 < words.Count && words[i + length].Value is "usesrc" or "interface")
            {
                length += 2;
            }

            if (i + length > words.Count)
            {
                return $"'{word.Name}' has no value";
            }

            uses.RemoveAll(use => use.Word.Name == (word.Negates ?? word.Name));
            if (word.Negates is null)
            {
                uses.Add(new ServerWordUse(word, [.. words.GetRange(i, length).Select(argument => argument.Value)]));
            }

            i += length;
        }

        return null;
    }
}
