namespace HaproxyKit.Model.Properties;

/// <summary>Describes properties, one line each.</summary>
internal static class Property
{
    /// <summary>A value at a place behind the keyword, from 0.</summary>
    internal static DirectiveProperty<T> At<T>(int index, string label, ValueCodec<T> codec) =>
        new PositionalProperty<T>(index, label, codec);

    /// <summary>A value behind a named word of the line.</summary>
    internal static DirectiveProperty<T> Named<T>(string word, ValueCodec<T> codec) =>
        new NamedProperty<T>(word, codec);

    /// <summary>A word that is in the line or not.</summary>
    internal static DirectiveProperty<bool> Flag(string word, string? opposite = null) =>
        new FlagProperty(word, opposite);

    /// <summary>All words from a place on, in HAProxy's own language.</summary>
    internal static DirectiveProperty<string?> Language(int index, string label) => new LanguageProperty(index, label);

    /// <summary>The condition of a rule.</summary>
    internal static DirectiveProperty<string?> Condition() => new ConditionProperty();

    /// <summary>A setting of a section with one value.</summary>
    internal static SectionProperty<T> Setting<T>(string words, ValueCodec<T> codec) =>
        new ValueSetting<T>(words, codec);

    /// <summary>A setting of a section in HAProxy's own language.</summary>
    internal static SectionProperty<string?> LanguageSetting(string words) => new LanguageSetting(words);

    /// <summary>A setting of a section without a value.</summary>
    internal static SectionProperty<bool> FlagSetting(string words, string? opposite = null) =>
        new FlagSetting(words, opposite);

    /// <summary>A setting of a section that <c>no</c> turns off.</summary>
    internal static SectionProperty<bool?> Switch(string words) => new SwitchSetting(words);
}
