namespace HaproxyKit.Catalog;

/// <summary>What could stand at a place of a line. Makes strings only when asked.</summary>
public readonly ref struct SignatureExpectation
{
    private readonly MatchState _state;

    internal SignatureExpectation(scoped in MatchState state) => _state = state;

    /// <summary>The first value that could stand here, or null where only fixed words or nothing can.</summary>
    public SignatureSlot? Slot
    {
        get
        {
            var visitor = new ExpectationVisitor(_state.Catalog, null, default);
            _state.Visit(ref visitor);
            return visitor.FirstSlot;
        }
    }

    /// <summary>Everything that could stand here, as signatures write it.</summary>
    /// <returns>
    /// For example <c>crt</c>, <c>&lt;file&gt;</c>, <c>if</c>; <c>@bind</c> for any word of a <c>bind</c> line. Empty
    /// where the line has to end.
    /// </returns>
    public IReadOnlyList<string> ToList()
    {
        var texts = new List<string>();
        var visitor = new ExpectationVisitor(_state.Catalog, texts, default);
        _state.Visit(ref visitor);
        return texts;
    }

    /// <summary>The fixed word that could stand here and is nearest to a word.</summary>
    /// <param name="word">The decoded word that stands here.</param>
    /// <returns>The word that was probably meant, or null.</returns>
    public string? Nearest(ReadOnlySpan<byte> word)
    {
        var visitor = new ExpectationVisitor(_state.Catalog, null, new NearestName(word));
        _state.Visit(ref visitor);
        return visitor.Nearest;
    }

    /// <summary>Everything that could stand here, separated by commas.</summary>
    /// <returns>See <see cref="ToList"/>.</returns>
    public override string ToString() => string.Join(", ", ToList());
}
