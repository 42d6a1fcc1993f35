using System.Text.RegularExpressions;

namespace HaproxyKit.Tests.Analysis;

/// <summary>Breaks configurations, the same way whenever it begins with the same seed.</summary>
internal sealed partial class Mutator(MutationSource source, MutationRandom random)
{
    private const int Tries = 20;

    private static readonly string[] BadNumbers = ["-1", "abc", "12x", "1.5", "99999999999", "1,000", "0x10", "1 000"];
    private static readonly string[] AddedWords = ["foo", "10", "xyzzy", "on", "ssl", "check", "weight", "if", "127.0.0.1:80"];
    private static readonly string[] NewKeywords = ["frontnd", "backends", "Listen", "listen", "backend", "frontend", "userlist", "cache", "globals"];
    private static readonly string[] NewNames = ["a/b", "a b", "café", "renamed", "", "x*y", "a@b"];

    /// <summary>One broken variant, or null where the configuration has nothing to break that way.</summary>
    internal Mutant? Next(MutationKind kind)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (Try(kind) is { } mutant && mutant.Before != mutant.After)
            {
                return mutant;
            }
        }

        return null;
    }

    private Mutant? Try(MutationKind kind) => kind switch
    {
        MutationKind.MisspeltKeyword => Misspell(),
        MutationKind.WordDropped => Drop(),
        MutationKind.WordAdded => Add(),
        MutationKind.BadNumber => Replace(kind, Number(), _ => random.Of(BadNumbers)),
        MutationKind.BadAddress => Replace(kind, AddressLike(), BadAddress),
        MutationKind.SectionRenamed => RenameSection(),
        MutationKind.ReferenceBroken => BreakReference(),
        MutationKind.QuoteOpened => OpenQuote(),
        _ => Move(),
    };

    private Mutant? Misspell()
    {
        if (source.Directives.Count == 0)
        {
            return null;
        }

        var line = random.Of(source.Directives);
        var word = random.Next(10) < 6 ? 0 : random.Next(source.Words[line].Count);
        var text = source.Word(line, word);
        return Letters().IsMatch(text) ? Changed(MutationKind.MisspeltKeyword, line, source.With(line, word, Misspelt(text))) : null;
    }

    private string Misspelt(string text)
    {
        var at = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 when at + 1 < text.Length => text[..at] + text[at + 1] + text[at] + text[(at + 2)..],
            1 => text.Remove(at, 1),
            2 => text.Insert(at, text[at].ToString()),
            _ => text[..at] + (text[at] == 'x' ? 'y' : 'x') + text[(at + 1)..],
        };
    }

    private Mutant? Drop()
    {
        if (source.Directives.Count == 0)
        {
            return null;
        }

        var line = random.Of(source.Directives);
        return Changed(MutationKind.WordDropped, line, source.With(line, random.Next(source.Words[line].Count), ""));
    }

    private Mutant? Add()
    {
        if (source.Directives.Count == 0)
        {
            return null;
        }

        var line = random.Of(source.Directives);
        var word = random.Next(source.Words[line].Count);
        return Changed(MutationKind.WordAdded, line, source.With(line, word, $"{source.Word(line, word)} {random.Of(AddedWords)}"));
    }

    private Mutant? Replace(MutationKind kind, Regex pattern, Func<string, string> replacement)
    {
        var places = source.Directives
            .SelectMany(line => Enumerable.Range(1, source.Words[line].Count - 1).Select(word => (Line: line, Word: word)))
            .Where(place => pattern.IsMatch(source.Word(place.Line, place.Word)))
            .ToList();
        if (places.Count == 0)
        {
            return null;
        }

        var (line, word) = random.Of(places);
        return Changed(kind, line, source.With(line, word, replacement(source.Word(line, word))));
    }

    private string BadAddress(string address) => random.Next(10) switch
    {
        0 => address + "x",
        1 => address + ":99999",
        2 => address + ":0",
        3 => address.Split(':')[0],
        4 => "300.1.1.1:80",
        5 => "[" + address,
        6 => "ipv6@127.0.0.1:80",
        7 => address + "-",
        8 => address + ":",
        _ => address.Replace('.', ','),
    };

    private Mutant? RenameSection()
    {
        if (source.Headers.Count == 0)
        {
            return null;
        }

        var line = random.Of(source.Headers);
        var change = random.Next(3);
        if (change == 0 || source.Words[line].Count == 1)
        {
            return Changed(MutationKind.SectionRenamed, line, source.With(line, 0, random.Of(NewKeywords)));
        }

        var name = change == 1 ? random.Of(NewNames) : source.Word(random.Of(source.Headers), 0) is var _ ? random.Of([.. source.Names]) : "";
        return Changed(MutationKind.SectionRenamed, line, source.With(line, 1, name));
    }

    private Mutant? BreakReference()
    {
        var places = source.Directives
            .SelectMany(line => Enumerable.Range(1, source.Words[line].Count - 1).Select(word => (Line: line, Word: word)))
            .Where(place => source.Names.Contains(source.Word(place.Line, place.Word).TrimStart('!')))
            .ToList();
        if (places.Count == 0)
        {
            return null;
        }

        var (line, word) = random.Of(places);
        return Changed(MutationKind.ReferenceBroken, line, source.With(line, word, source.Word(line, word) + "-gone"));
    }

    private Mutant? OpenQuote()
    {
        if (source.Directives.Count == 0)
        {
            return null;
        }

        var line = random.Of(source.Directives);
        var (start, length) = random.Of(source.Words[line]);
        var at = start + random.Next(length + 1);
        return Changed(MutationKind.QuoteOpened, line, source.Lines[line].Insert(at, random.Next(2) == 0 ? "\"" : "'"));
    }

    private Mutant? Move()
    {
        if (source.Directives.Count == 0 || source.Headers.Count == 0)
        {
            return null;
        }

        var line = random.Of(source.Directives);
        var target = random.Of(source.Headers);
        if (source.SectionOf[line] >= 0 && source.Headers[source.SectionOf[line]] == target)
        {
            return null;
        }

        var lines = source.Lines.ToList();
        var moved = lines[line];
        lines[line] = "";
        lines.Insert(target + 1, moved);
        return new Mutant(
            MutationKind.DirectiveMoved, source.Name, target + 2, moved, $"[{source.Lines[target].Trim()}] {moved.Trim()}", Mutant.Bytes(lines));
    }

    private Mutant Changed(MutationKind kind, int line, string after) => Mutant.Of(kind, source.Name, source.Lines, line, after);

    [GeneratedRegex("^[A-Za-z][A-Za-z-]{2,}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Letters();

    [GeneratedRegex("^[0-9]+(us|ms|s|m|h|d|k|g)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(\*|[0-9]+(\.[0-9]+){3}|localhost)?(:[0-9]+)?(/[0-9]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex AddressLike();
}
