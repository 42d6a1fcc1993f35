using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>A line whose first argument is a name, such as <c>acl</c>, <c>peer</c> or <c>nameserver</c>.</summary>
public abstract class NamedDirective : Directive
{
    internal static readonly DirectiveProperty<string?> NameProperty = Property.At(0, "name", Codecs.Name);

    private protected NamedDirective(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// The name; empty where the line breaks off before it. Setting it changes this line alone: lines that name it keep
    /// the old name.
    /// </summary>
    /// <exception cref="ArgumentException">HAProxy does not take the new name.</exception>
    /// <exception cref="InvalidOperationException">The line breaks off before the name, cannot be read, or was
    /// removed.</exception>
    public string Name
    {
        get => Get(NameProperty) ?? "";
        set => Set(NameProperty, value);
    }
}
