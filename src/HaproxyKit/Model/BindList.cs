using HaproxyKit.Expressions;

namespace HaproxyKit.Model;

/// <summary>The binds of a frontend, in order.</summary>
public sealed class BindList : TypedDirectiveList<Bind>
{
    internal BindList(Section section)
        : base(section)
    {
    }

    /// <summary>Adds a bind behind the last one.</summary>
    /// <param name="address">Where to listen.</param>
    /// <param name="configure">Sets the rest of the line, or null.</param>
    /// <returns>The new bind.</returns>
    /// <exception cref="ArgumentException">The address is the default value.</exception>
    public Bind Add(Address address, Action<Bind>? configure = null)
    {
        var bind = (Bind)Section.Directives.Add(Bind.KeywordText, address.Text);
        configure?.Invoke(bind);
        return bind;
    }
}
