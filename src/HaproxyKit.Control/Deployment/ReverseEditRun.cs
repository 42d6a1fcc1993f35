using System.Collections.Immutable;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>One application of a <see cref="ReverseEdit"/> to what the file holds now.</summary>
internal sealed class ReverseEditRun(ReverseEditPairing pairing, ConfigDocument current)
{
    private const int None = ReverseEditPairing.None;
    private readonly ReverseEditCounterparts _counterparts = new(pairing, current);
    private readonly Dictionary<int, ReadOnlyMemory<byte>> _texts = [];
    private readonly Dictionary<int, List<ReadOnlyMemory<byte>>> _insertions = [];
    private readonly Dictionary<int, int> _moved = [];
    private readonly ImmutableArray<ReverseEditObstacle>.Builder _obstacles = ImmutableArray.CreateBuilder<ReverseEditObstacle>();

    internal ConfigDocument Apply(out ImmutableArray<ReverseEditObstacle> obstacles)
    {
        foreach (var before in pairing.BetweenBefore.Where(i => pairing.PartnersOfBefore[i] != None))
        {
            ReverseChanged(before, pairing.PartnersOfBefore[before]);
        }

        foreach (var after in pairing.BetweenAfter.Where(i => pairing.PartnersOfAfter[i] == None))
        {
            TakeOut(after);
        }

        ReverseOrder();
        foreach (var before in pairing.BetweenBefore.Where(i => pairing.PartnersOfBefore[i] == None))
        {
            BringBack(before);
        }

        var reversed = Compose();
        if (_obstacles.Count == 0)
        {
            _obstacles.AddRange(ReverseEditRemainder.Find(pairing, current, reversed));
        }

        obstacles = _obstacles.ToImmutable();
        return reversed;
    }

    private void ReverseChanged(int before, int after)
    {
        var (was, left) = (pairing.Before[before], pairing.After[after]);
        if (ReverseEditPairing.AreEqual(was, left))
        {
            return;
        }

        var place = _counterparts.OfAfter(after);
        if (place == None)
        {
            // A section that was renamed may have its old name again.
            if (_counterparts.Foreign(was) == None)
            {
                Leave(left, 0, "others have removed the section since, or given it another name");
            }

            return;
        }

        var now = current.GetSection(place);
        if (ReverseEditPairing.AreAlike(now.Bytes.Span, left.Bytes.Span))
        {
            _texts[place] = was.Bytes;
        }
        else if (!ReverseEditPairing.AreAlike(now.Bytes.Span, was.Bytes.Span))
        {
            var (text, obstacles) = ReverseEditLines.Reverse(was, left, now);
            _texts[place] = text;
            foreach (var (line, reason) in obstacles)
            {
                Leave(now, current.GetPosition(place).Line + line, reason);
            }
        }
    }

    private void TakeOut(int after)
    {
        var place = _counterparts.OfAfter(after);
        if (place == None)
        {
            return;
        }

        var now = current.GetSection(place);
        if (ReverseEditPairing.AreAlike(now.Bytes.Span, pairing.After[after].Bytes.Span))
        {
            _texts[place] = ReadOnlyMemory<byte>.Empty;
        }
        else
        {
            Leave(now, LineOf(place), "the change added the section, and others have changed it since");
        }
    }

    /// <summary>Sections that the change moved go back where they still stand in the order that it gave them.</summary>
    private void ReverseOrder()
    {
        var kept = pairing.BetweenAfter.Where(i => pairing.PartnersOfAfter[i] != None).ToList();
        if (IsRising(kept.Select(i => pairing.PartnersOfAfter[i])))
        {
            return;
        }

        var standing = kept.Where(i => _counterparts.OfAfter(i) != None).ToList();
        var old = standing.OrderBy(i => pairing.PartnersOfAfter[i]).ToList();
        if (IsRising(old.Select(_counterparts.OfAfter)))
        {
            return;
        }

        if (!IsRising(standing.Select(_counterparts.OfAfter)))
        {
            var moved = pairing.After[standing[0]];
            Leave(moved, LineOf(_counterparts.OfAfter(standing[0])), "the change moved sections, and others have moved them since");
            return;
        }

        var places = standing.Select(_counterparts.OfAfter).ToList();
        var texts = old.Select(i => TextAt(_counterparts.OfAfter(i))).ToList();
        for (var i = 0; i < places.Count; i++)
        {
            _texts[places[i]] = texts[i];
            _moved[old[i]] = places[i];
        }
    }

    private void BringBack(int before)
    {
        var section = pairing.Before[before];
        if (_counterparts.OfRemoved(before) != None)
        {
            return;
        }

        if (_counterparts.Foreign(section) is >= 0 and var other)
        {
            Leave(section, LineOf(other), "the change removed the section, and others have written one of that name since");
            return;
        }

        var (previous, next) = (Neighbour(before, -1), Neighbour(before, 1));
        if (previous != None && next != None && previous >= next)
        {
            Leave(section, 0, "the change removed the section, and others have moved its neighbours since");
            return;
        }

        var at = section.Kind == SectionKind.None ? 0
            : previous != None ? previous + 1
            : next != None ? next
            : PlaceOfAdded();
        if (at == None)
        {
            Leave(section, 0, "the change removed the section, and others have removed all its neighbours since");
            return;
        }

        if (!_insertions.TryGetValue(at, out var texts))
        {
            _insertions.Add(at, texts = []);
        }

        texts.Add(section.Bytes);
    }

    /// <summary>Where the nearest section stands that was before or behind another and is there now.</summary>
    private int Neighbour(int before, int step)
    {
        for (var i = before + step; i >= 0 && i < pairing.Before.Length; i += step)
        {
            if (PlaceOf(i) is not None and var place)
            {
                return place;
            }
        }

        return None;
    }

    /// <summary>Where the change put something of its own, where nothing else tells the place: the end of a file without sections.</summary>
    private int PlaceOfAdded() => current.SectionCount == 0 ? 0 : pairing.BetweenAfter
        .Where(i => pairing.PartnersOfAfter[i] == None).Select(_counterparts.OfAfter).FirstOrDefault(place => place != None, None);

    /// <summary>Where a section of before stands now, once all is moved back.</summary>
    private int PlaceOf(int before)
    {
        var after = pairing.PartnersOfBefore[before];
        return after == None ? _counterparts.OfRemoved(before)
            : _moved.TryGetValue(after, out var place) ? place
            : _counterparts.OfAfter(after);
    }

    /// <summary>Edits from the end to the beginning, so that the places before an edit stay what they are.</summary>
    private ConfigDocument Compose()
    {
        AppendToLast();
        var document = current;
        foreach (var place in _texts.Keys.Concat(_insertions.Keys).Distinct().OrderDescending())
        {
            if (_texts.TryGetValue(place, out var text))
            {
                document = Replace(document, place, text.Span);
            }

            if (_insertions.TryGetValue(place, out var insertions))
            {
                document = document.ReplaceLines(place, 0, 0, Ended(Joined(insertions), place < document.SectionCount));
            }
        }

        return document;
    }

    /// <summary>What comes behind the last section is one edit with it: comments at its end may go over to what comes.</summary>
    private void AppendToLast()
    {
        var last = current.SectionCount - 1;
        if (last >= 0 && _insertions.Remove(last + 1, out var insertions))
        {
            _texts[last] = Joined([TextAt(last), .. insertions]);
        }
    }

    /// <summary>Replaces those lines alone that differ, so that the rest is shared.</summary>
    private ConfigDocument Replace(ConfigDocument document, int place, ReadOnlySpan<byte> text)
    {
        // Where an edit behind it took a header away, the section has grown by what followed that.
        var section = current.GetSection(place);
        var isFollowed = place < document.SectionCount - 1 || document.GetSection(place).LineCount > section.LineCount;
        var old = section.Bytes.Span;
        var wanted = Ended(text, isFollowed);
        if (old.SequenceEqual(wanted))
        {
            return document;
        }

        var first = 0;
        while (first < section.LineCount && wanted.AsSpan().StartsWith(old[..section.OffsetOfLine(first + 1)]))
        {
            first++;
        }

        var from = section.OffsetOfLine(first);
        var end = section.LineCount;
        while (end > first
            && wanted.AsSpan(from).EndsWith(old[section.OffsetOfLine(end - 1)..])
            && IsLineStart(wanted, wanted.Length - (old.Length - section.OffsetOfLine(end - 1))))
        {
            end--;
        }

        return document.ReplaceLines(place, first, end - first, wanted.AsSpan(from, wanted.Length - from - (old.Length - section.OffsetOfLine(end))));
    }

    /// <summary>Texts end to end; of those followed by another the last line has a line ending.</summary>
    private static byte[] Joined(IReadOnlyList<ReadOnlyMemory<byte>> texts)
    {
        var joined = new List<byte>();
        foreach (var text in texts.Where(text => !text.IsEmpty))
        {
            joined.AddRange(joined is [.., not (byte)'\n'] ? "\n"u8 : []);
            joined.AddRange(text.Span);
        }

        return [.. joined];
    }

    private static bool IsLineStart(byte[] text, int offset) => offset == 0 || text[offset - 1] == '\n';

    /// <summary>The text, with a line ending where something follows.</summary>
    private static byte[] Ended(ReadOnlySpan<byte> text, bool isFollowed) =>
        isFollowed && !text.IsEmpty && text[^1] != '\n' ? [.. text, (byte)'\n'] : text.ToArray();

    private ReadOnlyMemory<byte> TextAt(int place) => _texts.TryGetValue(place, out var text) ? text : current.GetSection(place).Bytes;

    private int LineOf(int place) => current.GetPosition(place).Line + Math.Max(0, current.GetSection(place).HeaderLine);

    private void Leave(SectionSyntax section, int line, string reason) =>
        _obstacles.Add(new ReverseEditObstacle(section.Kind, section.Name, line, reason));

    private static bool IsRising(IEnumerable<int> places)
    {
        var last = None;
        foreach (var place in places)
        {
            if (place <= last)
            {
                return false;
            }

            last = place;
        }

        return true;
    }
}
