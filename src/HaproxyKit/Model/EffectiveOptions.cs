using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>The options that count for a proxy (configuration manual, chapter 4.2, <c>option</c>).</summary>
public sealed class EffectiveOptions
{
    private readonly EffectiveSettings _settings;

    internal EffectiveOptions(EffectiveSettings settings) => _settings = settings;

    /// <summary>
    /// An option: true or false as a line says; null where none does, or one says <c>default</c>, so that HAProxy
    /// decides.
    /// </summary>
    /// <param name="name">The option's name.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Effective<bool?> this[string name]
    {
        get
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            return _settings.Of(Property.Switch($"option {name}"));
        }
    }
}
