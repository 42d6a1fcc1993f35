using System.Text;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>The servers of a backend, in order.</summary>
public sealed class ServerList : TypedDirectiveList<Server>
{
    internal ServerList(Section section)
        : base(section)
    {
    }

    /// <summary>The server of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such server.</exception>
    /// <exception cref="InvalidOperationException">There are several, as in the branches of a condition;
    /// <see cref="Named"/> gives them all.</exception>
    public Server this[string name] => Named(name) switch
    {
        [var server] => server,
        [] => throw new KeyNotFoundException($"'{Section.Name}' has no server '{name}'."),
        var several => throw new InvalidOperationException(
            $"'{Section.Name}' has {several.Count} servers '{name}'; Named(\"{name}\") gives them all."),
    };

    /// <summary>All servers of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>None, one, or several in the branches of a condition.</returns>
    public IReadOnlyList<Server> Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var syntax = Section.Syntax;
        var bytes = Encoding.UTF8.GetBytes(name);
        var found = new List<Server>();
        for (var i = syntax.HeaderLine + 1; i < syntax.LineCount; i++)
        {
            var words = new KeywordReader(syntax.LineSpan(i));
            if (words.Keyword.Is("server"u8) && words.TryReadArgument(out var first) && first.Is(bytes))
            {
                found.Add((Server)Section.GetDirective(i));
            }
        }

        return found;
    }

    /// <summary>Adds a server behind the last one.</summary>
    /// <param name="name">The new server's name.</param>
    /// <param name="address">Its address.</param>
    /// <param name="configure">Sets the rest of the line, or null. When it throws, the line is taken back.</param>
    /// <param name="like">A server whose other words are taken over as they are written, without its comment, or
    /// null.</param>
    /// <returns>The new server.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, the backend has a server of that name, or
    /// the address is the default value.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="like"/> was removed, or HAProxy cannot read its
    /// line.</exception>
    public Server Add(string name, Address address, Action<Server>? configure = null, Server? like = null)
    {
        NameRules.Require(name, nameof(name));
        if (Named(name).Count > 0)
        {
            throw new ArgumentException($"'{Section.Name}' has a server '{name}' already.", nameof(name));
        }

        var words = new List<byte[]>
        {
            Encoding.ASCII.GetBytes(Server.KeywordText),
            Encoding.ASCII.GetBytes(name),
            WordWriter.Quote(StrictUtf8.GetBytes(address.Text, nameof(address))),
        };
        if (like is { Arguments.Count: > 2 })
        {
            words.AddRange(LineEditor.RawWordsFrom(like.LineBytes, like.FirstArgument + 2));
        }

        return Section.AddLine(LineEditor.Join(words), configure);
    }
}
