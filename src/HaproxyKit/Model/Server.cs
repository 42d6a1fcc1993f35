using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>server</c> line: where a backend sends its traffic (configuration manual, chapters 4.2 and 5.2).
/// </summary>
public sealed class Server : Directive
{
    internal const string KeywordText = "server";
    private const int MaxWeight = 256;

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
    /// Whether the server is checked: <c>check</c>. What <c>default-server</c> says is not looked at.
    /// </summary>
    public bool Check
    {
        get => Arguments.Contains("check");
        set => this.SetOrRemove("check", value);
    }

    /// <summary>Whether the server is used only when no other is up: <c>backup</c>.</summary>
    public bool Backup
    {
        get => Arguments.Contains("backup");
        set => this.SetOrRemove("backup", value);
    }

    /// <summary>Whether the server starts in maintenance: <c>disabled</c>.</summary>
    public bool Disabled
    {
        get => Arguments.Contains("disabled");
        set => this.SetOrRemove("disabled", value);
    }

    /// <summary>The server's weight, 0 to 256, or null where the line says none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The new weight is out of range.</exception>
    public int? Weight
    {
        get => this.GetNumber("weight");
        set => this.SetNumber("weight", value, MaxWeight);
    }

    /// <summary>
    /// The most connections that the server gets at once, or null where the line says none; 0 is without a limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The new value is negative.</exception>
    public int? MaxConnections
    {
        get => this.GetNumber("maxconn");
        set => this.SetNumber("maxconn", value, int.MaxValue);
    }
}
