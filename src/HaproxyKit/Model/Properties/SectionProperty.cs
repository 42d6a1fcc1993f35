namespace HaproxyKit.Model.Properties;

/// <summary>A setting of a section that a line of its own says.</summary>
/// <typeparam name="T">The type of the values; null or the default where no line says it.</typeparam>
/// <remarks>The last line that no condition inside the section decides about counts, and is the one that is
/// changed.</remarks>
internal abstract class SectionProperty<T> : ConfigProperty
{
    private protected SectionProperty(string words)
        : base(words)
    {
        var parts = words.Split(' ', 2);
        Keyword = parts[0];
        Word = parts.Length > 1 ? parts[1] : null;
    }

    /// <summary>The keyword of the line.</summary>
    internal string Keyword { get; }

    /// <summary>The word behind the keyword, where the property needs one.</summary>
    internal string? Word { get; }

    internal sealed override Type ValueType => typeof(T);

    /// <summary>What must stand before the keyword of a line that says it; null for anything.</summary>
    internal virtual DirectiveModifier? Modifier => DirectiveModifier.None;

    /// <summary>Where the value stands among the arguments.</summary>
    private protected int Slot => Word is null ? 0 : 1;

    internal abstract T? Get(Section section);

    internal abstract void Set(Section section, T? value);

    /// <summary>What one line says.</summary>
    internal abstract T? ValueOf(Directive line);

    internal sealed override object? Read(object target) => Get((Section)target);

    internal sealed override void Write(object target, object? value) => Set((Section)target, (T?)value);

    private protected Directive? Find(Section section) => section.LastUnconditional(Keyword, Word, Modifier);

    private protected Directive Add(Section section, params string[] values) =>
        section.Directives.Add(Keyword, Word is null ? values : [Word, .. values]);
}
