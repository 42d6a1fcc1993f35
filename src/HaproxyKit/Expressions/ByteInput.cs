using Sprache;

namespace HaproxyKit.Expressions;

/// <summary>A place between the bytes of one expression: what Sprache walks over.</summary>
internal sealed class ByteInput(ByteReading reading, int position) : IInput
{
    private Dictionary<object, object>? _memos;

    internal ByteReading Reading { get; } = reading;

    /// <inheritdoc/>
    public int Position { get; } = position;

    /// <inheritdoc/>
    public bool AtEnd => Position == Reading.Text.Length;

    /// <summary>What is not read yet.</summary>
    internal ReadOnlySpan<byte> Rest => Reading.Text.AsSpan(Position);

    // The grammars read bytes through their own terminals and never ask for characters.
    string IInput.Source => "";

    char IInput.Current => AtEnd ? '\0' : (char)Reading.Text[Position];

    int IInput.Line => 1;

    int IInput.Column => Position + 1;

    IDictionary<object, object> IInput.Memos => _memos ??= [];

    /// <inheritdoc/>
    public IInput Advance() => Skip(1);

    /// <inheritdoc/>
    public bool Equals(IInput? other) => other is ByteInput input && input.Position == Position && ReferenceEquals(input.Reading, Reading);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IInput);

    /// <inheritdoc/>
    public override int GetHashCode() => Position;

    /// <summary>Whether this byte comes next.</summary>
    internal bool IsAt(char sign) => !AtEnd && Reading.Text[Position] == sign;

    /// <summary>The place some bytes further on.</summary>
    internal ByteInput Skip(int count) => new(Reading, Position + count);
}
