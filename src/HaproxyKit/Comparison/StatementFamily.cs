namespace HaproxyKit.Comparison;

/// <summary>What is known of a keyword for comparison.</summary>
/// <param name="Order">
/// The lines whose order among each other matters: all of one section whose families say the same text.
/// </param>
/// <param name="IdentityWords">How many words, the keyword among them, say which line it is.</param>
/// <param name="IsNamed">
/// Whether these words are the line's own name, so that it is the same line wherever it stands. Otherwise (rules) a
/// line is taken for a changed one only where it stands between the same neighbours.
/// </param>
internal readonly record struct StatementFamily(string Order, int IdentityWords, bool IsNamed);
