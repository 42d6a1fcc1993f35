using System.Runtime.InteropServices;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>
/// Finds what of a change stands in a document still although every section of it was dealt with: others may have given a section another
/// header, or divided it, so that lines of the change are in a section now that it did not touch.
/// </summary>
internal static class ReverseEditRemainder
{
    private const string Elsewhere = "a line of the change stands in another section since";
    private const string Lost = "a line that the change removed has no place any more: others have written there since";

    /// <summary>One obstacle, or none where each line is there as often as it should be.</summary>
    internal static IEnumerable<ReverseEditObstacle> Find(ReverseEditPairing pairing, ConfigDocument current, ConfigDocument reversed)
    {
        var made = Made(pairing);
        if (made.Count == 0)
        {
            yield break;
        }

        var before = Count(pairing.BeforeDocument, made);
        var now = Count(current, made);
        var result = Count(reversed, made);
        foreach (var (line, count) in made)
        {
            var (was, standing, left) = (before.GetValueOrDefault(line), now.GetValueOrDefault(line), result.GetValueOrDefault(line));
            if (count > 0 && left > Math.Max(standing - count, was))
            {
                yield return Place(current, line);
                yield break;
            }

            if (count < 0 && left < Math.Min(standing - count, was))
            {
                yield return new ReverseEditObstacle(SectionKind.None, "", 0, Lost);
                yield break;
            }
        }
    }

    /// <summary>How often more the change left each line than it found it.</summary>
    private static Dictionary<ConfigLine, int> Made(ReverseEditPairing pairing)
    {
        var made = new Dictionary<ConfigLine, int>();
        foreach (var i in pairing.BetweenBefore)
        {
            var partner = pairing.PartnersOfBefore[i];
            if (partner != ReverseEditPairing.None && ReverseEditPairing.AreEqual(pairing.Before[i], pairing.After[partner]))
            {
                continue;
            }

            Add(made, pairing.Before[i], -1);
            if (partner != ReverseEditPairing.None)
            {
                Add(made, pairing.After[partner], 1);
            }
        }

        foreach (var i in pairing.BetweenAfter.Where(i => pairing.PartnersOfAfter[i] == ReverseEditPairing.None))
        {
            Add(made, pairing.After[i], 1);
        }

        return made.Where(line => line.Value != 0).ToDictionary();
    }

    private static void Add(Dictionary<ConfigLine, int> made, SectionSyntax section, int count)
    {
        foreach (var line in section.Lines.Where(line => line.Kind != LineKind.Blank))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(made, KeyOf(line), out _) += count;
        }
    }

    private static Dictionary<ConfigLine, int> Count(ConfigDocument document, Dictionary<ConfigLine, int> made)
    {
        var counts = new Dictionary<ConfigLine, int>();
        foreach (var line in document.Sections.SelectMany(section => section.Lines).Select(KeyOf).Where(made.ContainsKey))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, line, out _)++;
        }

        return counts;
    }

    private static ReverseEditObstacle Place(ConfigDocument current, ConfigLine wanted)
    {
        var number = 0;
        foreach (var section in current.Sections)
        {
            foreach (var line in section.Lines)
            {
                number++;
                if (KeyOf(line) == wanted)
                {
                    return new ReverseEditObstacle(section.Kind, section.Name, number, Elsewhere);
                }
            }
        }

        return new ReverseEditObstacle(SectionKind.None, "", 0, Elsewhere);
    }

    /// <summary>The last line of a file may lack its line ending.</summary>
    private static ConfigLine KeyOf(ConfigLine line) => new(line.Bytes.Span is [.., (byte)'\n'] ? line.Bytes[..^1] : line.Bytes);
}
