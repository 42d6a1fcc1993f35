using HaproxyKit.Catalog;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>server</c> line: where a backend sends its traffic (configuration manual, chapters 4.2 and 5.2).
/// </summary>
public sealed class Server : ServerLine
{
    internal const string KeywordText = "server";

    internal Server(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>The server's name; empty where the line breaks off before it.</summary>
    /// <exception cref="ArgumentException">HAProxy does not take the new name, or the backend has another server of
    /// that name, unless conditions decide about both.</exception>
    /// <exception cref="InvalidOperationException">The line breaks off before the name, cannot be read, or was
    /// removed.</exception>
    public string Name
    {
        get => Arguments.Count > 0 ? Arguments[0].Value : "";
        set
        {
            if (value == Name)
            {
                return;
            }

            var name = NameRules.Require(value, nameof(value));
            if (new ServerList(Section).Named(name).Any(other => !(IsConditional && other.IsConditional)))
            {
                throw new ArgumentException($"'{Section.Name}' has a server '{name}' already.", nameof(value));
            }

            if (Arguments.Count == 0)
            {
                throw new InvalidOperationException("The line breaks off before the server's name.");
            }

            Arguments[0].Value = name;
        }
    }

    /// <summary>
    /// The server's address; the default value where the line has none, or a word that is none. Setting it changes one
    /// word of one line.
    /// </summary>
    /// <exception cref="ArgumentException">The new address is the default value.</exception>
    /// <exception cref="InvalidOperationException">The line breaks off before the address, cannot be read, or was
    /// removed.</exception>
    public Address Address
    {
        get => Arguments.Count > 1 && Address.TryParse(Arguments[1].Value, out var address) ? address : default;
        set
        {
            if (Arguments.Count < 2)
            {
                throw new InvalidOperationException($"The line of server '{Name}' breaks off before the address.");
            }

            Arguments[1].Value = value.Text;
        }
    }

    /// <summary>
    /// The places that name the server: in its own section by its name, elsewhere by <c>BACKEND/NAME</c>.
    /// </summary>
    public IReadOnlyList<Reference> Uses => [.. AllUses().Where(reference => !reference.IsDynamic)];

    /// <summary>Renames the server and follows the new name wherever the old one stands.</summary>
    /// <param name="name">The new name.</param>
    /// <returns>What has followed, and what could not.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, or the backend has a server of that
    /// name.</exception>
    public RenameResult Rename(string name)
    {
        var (references, isAmbiguous) = (AllUses(), new ServerList(Section).Named(Name).Count > 1);
        Name = name;
        return Renaming.Follow(references, name, isAmbiguous);
    }

    private List<Reference> AllUses() => ReferenceReader.To(
        Section.Config.Together.SelectMany(file => file.Sections), Name,
        reference => reference.Kind == ValueKind.ServerName && IsMeant(reference));

    /// <summary>A name alone means a server of the same section; with a backend before it, one of that.</summary>
    private bool IsMeant(Reference reference)
    {
        var before = ReferenceReader.Of(reference.Directive!).Find(other =>
            other.Kind == ValueKind.BackendName && other.Slot.Word == reference.Slot.Word && other.Slot.Start + other.Slot.Length + 1 == reference.Slot.Start);
        return before is null ? ReferenceEquals(reference.Section, Section) : before.Name == Section.Name;
    }
}
