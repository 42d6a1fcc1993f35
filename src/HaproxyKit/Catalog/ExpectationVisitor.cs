using System.Text;

namespace HaproxyKit.Catalog;

/// <summary>Collects what could stand at a place, or the nearest of it to what does stand there.</summary>
internal ref struct ExpectationVisitor(HaproxyCatalog catalog, List<string>? texts, NearestName nearest)
{
    private NearestName _nearest = nearest;

    internal readonly string? Nearest => _nearest.Best;

    internal SignatureSlot? FirstSlot { get; private set; }

    internal void Literal(ReadOnlySpan<byte> word)
    {
        texts?.Add(Encoding.UTF8.GetString(word));
        _nearest.Offer(word);
    }

    internal void Value(SignatureSlot slot)
    {
        texts?.Add(slot.ToString());
        FirstSlot ??= slot;
    }

    internal void Rules(ReadOnlySpan<byte> ruleset)
    {
        texts?.Add("@" + Encoding.UTF8.GetString(ruleset));
        foreach (var entry in catalog.Entries(EntryClass.Action))
        {
            if (entry.NameBytes.StartsWith(ruleset) && entry.NameBytes[ruleset.Length] == ' ')
            {
                _nearest.Offer(entry.NameBytes[(ruleset.Length + 1)..]);
            }
        }
    }

    internal void Words(EntryClass @class, uint lines)
    {
        texts?.Add(@class switch
        {
            EntryClass.BindWord => "@bind",
            EntryClass.ServerWord when lines == CatalogRow.OnDefaultServer => "@default-server",
            EntryClass.ServerWord => "@server",
            _ => "@crt-list",
        });
        if (_nearest.IsWanted)
        {
            foreach (var entry in catalog.Entries(@class))
            {
                if (entry.IsLegalOn(lines))
                {
                    _nearest.Offer(entry.NameBytes);
                }
            }
        }
    }
}
