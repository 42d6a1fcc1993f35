namespace HaproxyKit.Model.Properties;

/// <summary>A property of one line.</summary>
/// <typeparam name="T">The type of the values; null or the default where the line says nothing.</typeparam>
internal abstract class DirectiveProperty<T>(string words) : ConfigProperty(words)
{
    internal sealed override Type ValueType => typeof(T);

    internal abstract T? Get(Directive directive);

    internal abstract void Set(Directive directive, T? value);

    internal sealed override object? Read(object target) => Get((Directive)target);

    internal sealed override void Write(object target, object? value) => Set((Directive)target, (T?)value);
}
