namespace HaproxyKit.Model.Properties;

/// <summary>
/// What a typed property of the model is, as data: which words hold it, and how its value is written. Every typed
/// property is built on one of these, so that what holds for one holds for all.
/// </summary>
/// <param name="words">The words by which the property is found, for example <c>weight</c> or <c>stats uri</c>.</param>
internal abstract class ConfigProperty(string words)
{
    /// <summary>The words by which the property is found.</summary>
    internal string Words { get; } = words;

    /// <summary>The type of the values.</summary>
    internal abstract Type ValueType { get; }

    /// <summary>Whether a value is HAProxy's own language and no value in it.</summary>
    internal virtual bool IsLanguage => false;

    /// <summary>Reads the value of a directive or section.</summary>
    internal abstract object? Read(object target);

    /// <summary>Sets the value of a directive or section; null or the default takes it away.</summary>
    internal abstract void Write(object target, object? value);
}
