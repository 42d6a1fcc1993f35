using System.Text;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>The binds of a frontend, in order.</summary>
public sealed class BindList : TypedDirectiveList<Bind>
{
    internal BindList(Section section)
        : base(section, Bind.KeywordText)
    {
    }

    /// <summary>Adds a bind behind the last one.</summary>
    /// <param name="address">Where to listen.</param>
    /// <param name="configure">Sets the rest of the line, or null. When it throws, the line is taken back.</param>
    /// <returns>The new bind.</returns>
    /// <exception cref="ArgumentException">The address is the default value.</exception>
    public Bind Add(Address address, Action<Bind>? configure = null)
    {
        var word = WordWriter.Quote(StrictUtf8.GetBytes(address.Text, nameof(address)));
        var words = LineEditor.Join([Encoding.ASCII.GetBytes(Bind.KeywordText), word]);
        return Section.AddLine(words, configure);
    }
}
