using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Catalog;

/// <summary>Writes down what a matcher tells, one line for each word.</summary>
internal sealed class RecordingSink : ISignatureSink
{
    internal List<string> Told { get; } = [];

    public void Name(in Word word, int index, CatalogEntry entry) => Told.Add($"{index} name {word.ToString()} of {entry.Class}");

    public void Literal(in Word word, int index, CatalogEntry entry) => Told.Add($"{index} literal {word.ToString()}");

    public void Value(in Word word, int index, SignatureSlot slot, CatalogEntry entry) => Told.Add($"{index} {slot} {word.ToString()}");

    public void Parameter(in Word word, int index, ReadOnlySpan<byte> text, SignatureSlot slot, CatalogEntry entry) =>
        Told.Add($"{index} ({slot}) {Encoding.UTF8.GetString(text)}");

    public void Missing(int index, in SignatureExpectation expected, CatalogEntry entry) =>
        Told.Add($"{index} missing: {expected.ToString()}");

    public void Unexpected(in Word word, int index, in SignatureExpectation expected, CatalogEntry entry) =>
        Told.Add($"{index} unexpected {word.ToString()}: {expected.ToString()}");
}
