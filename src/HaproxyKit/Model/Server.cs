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
}
