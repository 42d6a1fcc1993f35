using HaproxyKit.Expressions;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A <c>mailers</c> section: where alerts are sent (configuration manual, chapter 12.3).</summary>
public sealed class Mailers : Section
{
    internal Mailers(HaproxyConfig config, int ordinal)
        : base(config, ordinal)
    {
    }

    /// <summary>The <c>mailer</c> lines.</summary>
    public NamedDirectiveList<Mailer> Members => new(this, "mailer");

    /// <summary>The time limits; <c>timeout mail</c> is the only one.</summary>
    public TimeoutSet Timeouts => new(this);

    /// <summary>Adds a mailer behind the others.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="address">The mail server.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, there is a mailer of that name, or the
    /// address
    /// is the default value.</exception>
    public Mailer Mailer(string name, Address address) => Members.Add(name, Codecs.Address.Write(address));
}
