using Sprache;

namespace HaproxyKit.EdgeScript;

/// <summary>A place between the words of one statement: what Sprache walks over. One position is one word or sign.</summary>
internal sealed class WordInput(StatementReading reading, int position) : IInput
{
    private Dictionary<object, object>? _memos;

    /// <summary>The statement that is read.</summary>
    internal StatementReading Reading { get; } = reading;

    /// <inheritdoc/>
    public int Position { get; } = position;

    /// <inheritdoc/>
    public bool AtEnd => Position == Reading.Source.Tokens.Count;

    /// <summary>The word here; not to be asked for at the end.</summary>
    internal EdgeToken Token => Reading.Source.Tokens[Position];

    // The grammar reads words through its own terminals and never asks for characters.
    string IInput.Source => "";

    char IInput.Current => '\0';

    int IInput.Line => 1;

    int IInput.Column => Position + 1;

    IDictionary<object, object> IInput.Memos => _memos ??= [];

    /// <inheritdoc/>
    public IInput Advance() => AtEnd
        ? throw new InvalidOperationException("There is no word behind the last one.")
        : new WordInput(Reading, Position + 1);

    /// <inheritdoc/>
    public bool Equals(IInput? other) => other is WordInput input && input.Position == Position && ReferenceEquals(input.Reading, Reading);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IInput);

    /// <inheritdoc/>
    public override int GetHashCode() => Position;
}
