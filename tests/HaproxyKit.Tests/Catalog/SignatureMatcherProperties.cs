using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Catalog;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Catalog;

public sealed class SignatureMatcherProperties
{
    private static readonly SectionKind[] Sections = Enum.GetValues<SectionKind>();

    [Fact]
    public void Any_line_in_any_section_is_judged_without_a_throw() =>
        Prop.ForAll(HostileText.Line, line =>
        {
            foreach (var section in Sections)
            {
                Judge(HaproxyCatalog.AllVersions, section, line);
                Judge(HaproxyCatalog.For(HaproxyVersion.V2_6), section, line);
            }

            return true;
        }).QuickCheckThrowOnFailure();

    /// <summary>Random words hardly ever name a line; these do.</summary>
    [Fact]
    public void Any_words_behind_any_name_are_judged_without_a_throw()
    {
        var names = new List<byte[]>();
        foreach (var @class in new[] { EntryClass.Keyword, EntryClass.Action, EntryClass.Option, EntryClass.Filter })
        {
            foreach (var entry in HaproxyCatalog.AllVersions.Entries(@class))
            {
                names.Add(entry.NameBytes.ToArray());
            }
        }

        var lines = from name in Gen.Elements(names.ToArray())
                    from blank in Gen.Elements<byte[]>([], " "u8.ToArray(), "("u8.ToArray(), "(a,b) "u8.ToArray())
                    from rest in HostileText.Line.Generator
                    select (byte[])[.. name, .. blank, .. rest];
        Prop.ForAll(Arb.From(lines, ByteShrinker.Shrink), line =>
        {
            foreach (var section in Sections)
            {
                Judge(HaproxyCatalog.AllVersions, section, line);
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Any_text_is_a_signature_or_has_a_mistake() =>
        Prop.ForAll(Arb.From(Pattern(), Shorter), text =>
        {
            if (!Signature.TryParse(text, out var signature, out var mistake))
            {
                return mistake.Length > 0;
            }

            var sink = default(CountingSink);
            sink.Begin();
            SignatureMatcher.Match(HaproxyCatalog.For(HaproxyVersion.V3_0), signature, new WordEnumerator("a b c if a 1 ssl crt x"u8), 0, ref sink);
            return signature.Text == text;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static Gen<string> Pattern() =>
        Gen.Elements("a", "b", "<number>", "<x:word 1..2>", "<rest>", "[", "]", "{", "|", "}", "*{", "...", "@bind", "@cond", "@server", "(", ")", "<", "a*", "@http-request")
            .ListOf().Select(pieces => string.Join(' ', pieces).Replace(" ...", "...", StringComparison.Ordinal));

    private static IEnumerable<string> Shorter(string pattern)
    {
        var pieces = pattern.Split(' ');
        return pieces.Length < 2 ? [] : pieces.Select((_, i) => string.Join(' ', pieces.Where((_, j) => j != i)));
    }

    private static void Judge(HaproxyCatalog catalog, SectionKind section, byte[] line)
    {
        var found = catalog.FindDirective(section, line);
        found.Nearest();
        if (found.Entry.Exists)
        {
            var sink = default(CountingSink);
            sink.Begin();
            var outcome = SignatureMatcher.Match(in found, ref sink);
            if (outcome == MatchOutcome.Complete && sink.Words < CountWords(line) - found.ArgumentIndex)
            {
                throw new InvalidOperationException("a word was not told");
            }
        }
    }

    /// <summary>The words up to the first empty one, where HAProxy takes the line for ended.</summary>
    private static int CountWords(byte[] line)
    {
        var count = 0;
        foreach (var word in new WordEnumerator(line))
        {
            if (word.Is([]))
            {
                break;
            }

            count++;
        }

        return count;
    }
}
