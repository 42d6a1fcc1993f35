using System.Collections;
using System.Collections.Immutable;
using System.Text;

namespace HaproxyKit.Syntax;

/// <summary>The environment variables that HAProxy would see: an immutable value.</summary>
/// <remarks>
/// Configuration manual, chapter 2.3. Names and values are compared and kept as text; values are written as UTF-8.
/// </remarks>
public sealed class ConfigEnvironment
{
    private readonly ImmutableDictionary<string, string> _values;

    private ConfigEnvironment(ImmutableDictionary<string, string> values) => _values = values;

    /// <summary>No variable is set.</summary>
    public static ConfigEnvironment Empty { get; } =
        new(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The names of all variables that are set.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The environment of this process.</summary>
    /// <returns>A copy; later changes of the process are not seen.</returns>
    public static ConfigEnvironment OfThisProcess() => From(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")));

    /// <summary>An environment of these variables.</summary>
    /// <param name="variables">Names and values; of a name given twice the last value counts.</param>
    /// <returns>The environment.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="variables"/> is null.</exception>
    public static ConfigEnvironment From(IEnumerable<KeyValuePair<string, string>> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return new ConfigEnvironment(Empty._values.SetItems(variables));
    }

    /// <summary>The value of a variable.</summary>
    /// <param name="name">The variable's name.</param>
    /// <returns>The value, which may be empty, or null when the variable is not set.</returns>
    public string? Get(string name) => _values.GetValueOrDefault(name);

    /// <summary>The same environment with one variable set, as <c>setenv</c> does.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>A new environment.</returns>
    public ConfigEnvironment With(string name, string value) => new(_values.SetItem(name, value));

    /// <summary>The same environment without one variable, as <c>unsetenv</c> does.</summary>
    /// <param name="name">The variable's name.</param>
    /// <returns>A new environment.</returns>
    public ConfigEnvironment Without(string name) => new(_values.Remove(name));

    /// <summary>The same environment with only the variables named, as <c>resetenv</c> does.</summary>
    /// <param name="names">The names of the variables to keep.</param>
    /// <returns>A new environment.</returns>
    public ConfigEnvironment Only(IEnumerable<string> names)
    {
        var kept = names.ToHashSet(StringComparer.Ordinal);
        return new ConfigEnvironment(_values.RemoveRange(_values.Keys.Where(name => !kept.Contains(name))));
    }

    internal byte[]? GetBytes(ReadOnlySpan<byte> name) =>
        Get(Encoding.UTF8.GetString(name)) is { } value ? Encoding.UTF8.GetBytes(value) : null;
}
