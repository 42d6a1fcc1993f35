using Sprache;

namespace HaproxyKit.Expressions;

/// <summary>A place between the words of a condition or an ACL: what Sprache walks over. One position is one word.</summary>
internal sealed class AclInput(AclReading reading, int position) : IInput
{
    private Dictionary<object, object>? _memos;

    internal AclReading Reading { get; } = reading;

    /// <inheritdoc/>
    public int Position { get; } = position;

    /// <inheritdoc/>
    public bool AtEnd => Position == Reading.Words.Count;

    /// <summary>The word here; not to be asked for at the end.</summary>
    internal WrittenWord Word => Reading.Words[Position];

    /// <summary>The word's value, or nothing at the end.</summary>
    internal string Value => AtEnd ? "" : Word.Value;

    // The grammar reads words through its own terminals and never asks for characters.
    string IInput.Source => "";

    char IInput.Current => '\0';

    int IInput.Line => 1;

    int IInput.Column => Position + 1;

    IDictionary<object, object> IInput.Memos => _memos ??= [];

    /// <inheritdoc/>
    public IInput Advance() => new AclInput(Reading, Position + 1);

    /// <inheritdoc/>
    public bool Equals(IInput? other) => other is AclInput input && input.Position == Position && ReferenceEquals(input.Reading, Reading);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IInput);

    /// <inheritdoc/>
    public override int GetHashCode() => Position;
}
