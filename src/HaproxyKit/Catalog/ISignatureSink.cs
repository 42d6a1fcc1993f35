using HaproxyKit.Syntax;

namespace HaproxyKit.Catalog;

/// <summary>
/// Is told what each word of a line is, in order. Words are counted from 0 at the start of the line.
/// </summary>
public interface ISignatureSink
{
    /// <summary>A word of a class of its own, such as <c>ssl</c> on a <c>bind</c> line.</summary>
    /// <param name="word">The word.</param>
    /// <param name="index">Its place on the line.</param>
    /// <param name="entry">What the catalog says of the word.</param>
    void Name(scoped in Word word, int index, CatalogEntry entry);

    /// <summary>A fixed word of a signature.</summary>
    /// <param name="word">The word.</param>
    /// <param name="index">Its place on the line.</param>
    /// <param name="entry">Whose signature it is.</param>
    void Literal(scoped in Word word, int index, CatalogEntry entry);

    /// <summary>A word that is a value.</summary>
    /// <param name="word">The word.</param>
    /// <param name="index">Its place on the line.</param>
    /// <param name="slot">What it means.</param>
    /// <param name="entry">Whose value it is.</param>
    void Value(scoped in Word word, int index, SignatureSlot slot, CatalogEntry entry);

    /// <summary>A value that stands in the word of a name, such as <c>txn.x</c> in <c>set-var(txn.x)</c>.</summary>
    /// <param name="word">The whole word.</param>
    /// <param name="index">Its place on the line.</param>
    /// <param name="text">The decoded value, without parentheses and commas.</param>
    /// <param name="slot">What it means.</param>
    /// <param name="entry">Whose value it is.</param>
    void Parameter(scoped in Word word, int index, scoped ReadOnlySpan<byte> text, SignatureSlot slot, CatalogEntry entry);

    /// <summary>The line ends where more is needed.</summary>
    /// <param name="index">The place of the word that is missing.</param>
    /// <param name="expected">What it could be.</param>
    /// <param name="entry">Whose word is missing.</param>
    void Missing(int index, scoped in SignatureExpectation expected, CatalogEntry entry);

    /// <summary>A word that cannot stand here. Those behind it are not looked at.</summary>
    /// <param name="word">The word.</param>
    /// <param name="index">Its place on the line.</param>
    /// <param name="expected">What could stand here.</param>
    /// <param name="entry">Whose signature ends or goes on differently here.</param>
    void Unexpected(scoped in Word word, int index, scoped in SignatureExpectation expected, CatalogEntry entry);
}
