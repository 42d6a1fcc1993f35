using HaproxyKit.Comparison;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Comparison;

public sealed class ConfigDiffProperties
{
    [Fact]
    public void A_document_does_not_differ_from_itself() => Laws.Check(
        HostileText.Lines,
        bytes =>
        {
            var document = ConfigDocument.Parse(bytes);
            Assert.Empty(ConfigDiff.Between(document, document));
            Assert.Empty(ConfigDiff.Between(document, ConfigDocument.Parse(bytes)));
        });

    [Fact]
    public void Another_style_of_the_same_words_is_no_difference() => Laws.Check(
        ComparedConfig.Distinct,
        config =>
        {
            var before = ConfigDocument.Parse(config.Write(null));
            var after = ConfigDocument.Parse(config.Write(new Random(config.Seed)));
            Assert.Equal("", ConfigDiff.Between(before, after).ToString());
        });

    [Fact]
    public void Blank_lines_and_comments_between_hostile_lines_are_no_difference() => Laws.Check(
        HostileText.Lines,
        bytes =>
        {
            var lines = ConfigDocument.Parse(bytes).Sections.SelectMany(section => section.Lines);
            var spaced = lines.SelectMany(line => (byte[])[.. "\n \t# c\n  \t"u8, .. line.Bytes.Span]).ToArray();
            Assert.Equal("", ConfigDiff.Between(ConfigDocument.Parse(bytes), ConfigDocument.Parse(spaced)).ToString());
        });

    [Fact]
    public void Typed_edits_are_found_exactly() => Laws.Check(
        ComparedConfig.Distinct,
        config =>
        {
            for (var edits = 1; edits <= 6; edits++)
            {
                var (after, expected) = TypedEdit.Apply(config, edits);
                var found = ConfigDiff.Between(
                    ConfigDocument.Parse(config.Write(null)), ConfigDocument.Parse(after.Write(new Random(edits))));
                Assert.Equal(Lines(expected), Lines(found.Select(Describe)));
            }
        });

    [Fact]
    public void It_is_empty_exactly_when_the_words_are_equal_in_their_orders() => Laws.Check(
        ComparedConfig.Crowded,
        config =>
        {
            var random = new Random(config.Seed);
            for (var n = 0; n < 4; n++)
            {
                var sections = config.Sections.Select(section => Shuffle(section, random)).ToList();
                if (sections.Count > 1 && random.Next(3) == 0)
                {
                    var i = random.Next(sections.Count - 1);
                    (sections[i], sections[i + 1]) = (sections[i + 1], sections[i]);
                }

                var after = config with { Sections = [.. sections] };
                var diff = ConfigDiff.Between(ConfigDocument.Parse(config.Write(null)), ConfigDocument.Parse(after.Write(random)));
                Assert.Equal(ReadingOf(config) == ReadingOf(after), diff.IsEmpty);
            }
        },
        4_000);

    [Fact]
    public void The_difference_from_the_other_side_is_the_inverse() => Laws.Check(
        SectionedText.Chains,
        chain =>
        {
            var before = ConfigDocument.Parse(chain.Text);
            var after = chain.Edits.Aggregate(before, (document, edit) => edit.ApplyTo(document));
            var there = ConfigDiff.Between(before, after);
            var back = ConfigDiff.Between(after, before);
            Assert.Equal(Lines(there.Select(Inverse)), Lines(back.Select(Text)));
        },
        2_000);

    [Fact]
    public void Shared_sections_change_nothing_of_what_is_found() => Laws.Check(
        SectionedText.Chains,
        chain =>
        {
            var before = ConfigDocument.Parse(chain.Text);
            var after = chain.Edits.Aggregate(before, (document, edit) => edit.ApplyTo(document));
            Assert.Equal(
                ConfigDiff.Between(before, ConfigDocument.Parse(after.ToBytes())).ToJson(),
                ConfigDiff.Between(before, after).ToJson());
        },
        2_000);

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

    private static string[][] Shuffle(string[][] section, Random random)
    {
        var lines = section.ToList();
        if (lines.Count > 2 && random.Next(2) == 0)
        {
            var i = random.Next(1, lines.Count - 1);
            (lines[i], lines[i + 1]) = (lines[i + 1], lines[i]);
        }

        return [.. lines];
    }

    /// <summary>What the crowded configurations say: written anew here, by hand, for their few keywords.</summary>
    private static string ReadingOf(ComparedConfig config)
    {
        var read = new List<string>();
        var (defaults, globals) = (0, 0);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var section in config.Sections)
        {
            var header = string.Join(' ', section[0]);
            globals += header == "global" ? 1 : 0;
            defaults += section[0][0] == "defaults" ? 1 : 0;
            seen[header] = seen.GetValueOrDefault(header) + 1;
            var isProxy = section[0][0] is "frontend" or "backend";
            var place = $"{header} #{seen[header]} g{globals} d{(isProxy || section[0][0] == "defaults" ? defaults : 0)}";
            var lines = section.Skip(1).Select(words => string.Join(' ', words)).ToList();
            var families = lines.GroupBy(FamilyOf, StringComparer.Ordinal).OrderBy(f => f.Key, StringComparer.Ordinal);
            read.Add(place + ": " + string.Join(" | ", families.Select(family => string.Join(", ", family))));
        }

        return string.Join('\n', read.Order(StringComparer.Ordinal));
    }

    private static string FamilyOf(string line) => line.Split(' ')[0] switch
    {
        "acl" or "http-request" or "use_backend" => "rules",
        "option" or "log-format" => "log format",
        var keyword => keyword,
    };

    private static string Describe(ConfigChange change)
    {
        var section = $"{SectionKeywords.KeywordOf(change.SectionKind)} {change.SectionName}".Trim();
        var line = change.Kind == ChangeKind.Moved ? change.Keyword : string.Join(' ', (change.New ?? change.Old)!.Words);
        return change.Subject == ChangeSubject.Section ? $"{change.Kind} {section}" : $"{change.Kind} {section}: {line}";
    }

    private static string Text(ConfigChange change) => Text(change.Kind, change, change.Old, change.New) + Words(change, w => (w.Kind, w.Old, w.New));

    private static string Inverse(ConfigChange change) =>
        Text(Inverse(change.Kind), change, change.New, change.Old) + Words(change, w => (Inverse(w.Kind), w.New, w.Old));

    private static string Text(ChangeKind kind, ConfigChange change, ComparedLine? old, ComparedLine? now) =>
        $"{kind} {change.Subject} {old} => {now}";

    private static string Words(ConfigChange change, Func<WordChange, (ChangeKind Kind, string? Old, string? New)> side) =>
        string.Join(", ", change.Words.Select(word => $"{word.Name} {side(word)}").Order(StringComparer.Ordinal));

    private static ChangeKind Inverse(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => ChangeKind.Removed,
        ChangeKind.Removed => ChangeKind.Added,
        _ => kind,
    };
}
