using System.Text;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>The servers of a section, in order.</summary>
public sealed class ServerList : NamedDirectiveList<Server>
{
    internal ServerList(Section section)
        : base(section, Server.KeywordText)
    {
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
        RequireNew(name);
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
