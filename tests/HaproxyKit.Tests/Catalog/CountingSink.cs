using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Catalog;

/// <summary>Counts the words, and holds that each comes behind the one before.</summary>
internal struct CountingSink : ISignatureSink
{
    private int _last;

    internal int Words { get; private set; }

    public void Name(in Word word, int index, CatalogEntry entry) => Count(index);

    public void Literal(in Word word, int index, CatalogEntry entry) => Count(index);

    public void Value(in Word word, int index, SignatureSlot slot, CatalogEntry entry) => Count(index);

    public readonly void Parameter(in Word word, int index, ReadOnlySpan<byte> text, SignatureSlot slot, CatalogEntry entry)
    {
    }

    public readonly void Missing(int index, in SignatureExpectation expected, CatalogEntry entry)
    {
    }

    public readonly void Unexpected(in Word word, int index, in SignatureExpectation expected, CatalogEntry entry)
    {
    }

    internal void Begin() => (_last, Words) = (-1, 0);

    private void Count(int index)
    {
        if (index != _last + 1 && Words > 0)
        {
            throw new InvalidOperationException("a word was left out");
        }

        _last = index;
        Words++;
    }
}
