using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using Assert = Xunit.Assert;

namespace HaproxyKit.Control.Tests.Deployment;

public sealed class ReverseEditProperties
{
    private static readonly string[] Headers =
        ["global", "defaults", "defaults d", "frontend a", "backend a", "backend b", "backend c", "backend c", "backend d", "listen e"];

    /// <summary>Line edits, each at a place that is taken modulo the lines that there are.</summary>
    private static readonly Gen<Edit> Edits =
        from kind in Gen.Elements("remove", "remove", "insert", "insert", "replace", "header", "move", "open", "section")
        from at in Gen.Choose(0, 40)
        from what in Gen.Choose(0, 9)
        select new Edit(kind, at, what);

    /// <summary>A file, a change, and what others do after it, all of few lines that stand there again and again.</summary>
    private static Arbitrary<Story> Stories(bool isRepetitive) => Arb.From(
        from lines in Gen.Frequency((1, Gen.Elements(Headers)), (2, Gen.Choose(0, 5).Select(n => $"  line {n}")), (1, Gen.Elements("", "# note", "  # inner"))).ListOf()
        from change in Edits.NonEmptyListOf()
        from others in Edits.ListOf()
        select new Story(isRepetitive ? [.. lines] : Unique(lines), [.. change.Take(6)], [.. others.Take(4)]),
        Shrink);

    /// <summary>Sections by name, what a change makes of some of them, and what others make of the rest.</summary>
    private static readonly Arbitrary<Split> Splits = Arb.From(
        from count in Gen.Choose(1, 9)
        from change in Gen.Choose(0, 3).ArrayOf(count)
        from others in Gen.Choose(0, 2).ArrayOf(count)
        from added in Gen.Choose(0, 2)
        from foreign in Gen.Choose(0, 2)
        from isOpen in Gen.Elements(false, true)
        select new Split(change, others, added, foreign, isOpen));

    [Fact]
    public void Reversing_what_the_change_left_gives_back_every_byte() =>
        Laws.Check(Prop.ForAll(HostileText.Lines, HostileText.Lines, (before, after) =>
        {
            var edit = ReverseEdit.Between(ConfigDocument.Parse(before), ConfigDocument.Parse(after));
            Assert.Equal(before, edit.Apply(ConfigDocument.Parse(after), out var obstacles).ToBytes());
            Assert.Empty(obstacles);
            Assert.Equal(before, edit.Apply(ConfigDocument.Parse(before), out obstacles).ToBytes());
            Assert.Empty(obstacles);
        }), 2_000);

    [Fact]
    public void What_others_do_to_other_sections_stays_and_the_change_goes_byte_for_byte() =>
        Laws.Check(Splits, split =>
        {
            var edit = ReverseEdit.Between(ConfigDocument.Parse(split.Text(change: false, others: false)), ConfigDocument.Parse(split.Text(change: true, others: false)));

            var reversed = edit.Apply(ConfigDocument.Parse(split.Text(change: true, others: true)), out var obstacles);

            if (split.HasNoNeighbours)
            {
                return;
            }

            Assert.Empty(obstacles);
            Assert.Equal(split.Text(change: false, others: true), reversed.ToString());
        }, 2_000);

    [Fact]
    public void Applying_it_twice_is_applying_it_once() => Laws.Check(Stories(isRepetitive: true), story =>
    {
        var once = story.Reverse(story.Current).Result;
        Assert.Equal(once.ToString(), story.Reverse(once).Result.ToString());
    }, 2_000);

    [Fact]
    public void No_line_goes_that_the_change_did_not_add_and_none_comes_that_it_did_not_remove() => Laws.Check(Stories(isRepetitive: true), story =>
    {
        var (now, result) = (Count(story.Current), Count(story.Reverse(story.Current).Result));
        var (added, removed) = story.Owed();
        foreach (var line in now.Keys.Union(result.Keys))
        {
            var difference = result.GetValueOrDefault(line) - now.GetValueOrDefault(line);
            Assert.True(-difference <= added.GetValueOrDefault(line), $"{-difference} of '{line}' went");
            Assert.True(difference <= removed.GetValueOrDefault(line), $"{difference} of '{line}' came");
        }
    }, 2_000);

    [Fact]
    public void What_is_not_reversed_is_told() => Laws.Check(Stories(isRepetitive: false), story =>
    {
        var (result, obstacles) = story.Reverse(story.Current);
        if (obstacles.Length > 0)
        {
            return;
        }

        var (before, after, now) = (Own(story.Before), Own(story.After), Own(result));
        Assert.Empty(now.Intersect(after.Except(before)));
        Assert.Empty(before.Except(after).Except(now));
    }, 2_000);

    [Fact]
    public void Lines_of_others_stay_however_much_is_left() => Laws.Check(Stories(isRepetitive: false), story =>
    {
        var (result, _) = story.Reverse(story.Current);
        Assert.Empty(Own(story.Current).Except(Own(story.After)).Except(Own(result)));
    }, 2_000);

    private static List<string> Unique(IEnumerable<string> lines) =>
        [.. lines.Select((line, i) => line.StartsWith("  line", StringComparison.Ordinal) ? $"  base {i}" : line)];

    /// <summary>The lines that say something, and no headers.</summary>
    private static HashSet<string> Own(ConfigDocument document) =>
        [.. document.Sections.SelectMany(section => section.Lines.Where((_, i) => i != section.HeaderLine)).Select(line => line.ToString()).Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line != "  # inner")];

    private static Dictionary<string, int> Count(ConfigDocument document) =>
        document.Sections.SelectMany(section => section.Lines).GroupBy(line => line.ToString()).ToDictionary(group => group.Key, group => group.Count());

    private static IEnumerable<Story> Shrink(Story story)
    {
        for (var i = 0; i < story.Others.Count; i++)
        {
            yield return story with { Others = [.. story.Others[..i], .. story.Others[(i + 1)..]] };
        }

        for (var i = 0; story.Change.Count > 1 && i < story.Change.Count; i++)
        {
            yield return story with { Change = [.. story.Change[..i], .. story.Change[(i + 1)..]] };
        }

        for (var i = 0; i < story.Lines.Count; i++)
        {
            yield return story with { Lines = [.. story.Lines[..i], .. story.Lines[(i + 1)..]] };
        }
    }

    internal sealed record Edit(string Kind, int At, int What)
    {
        internal void Apply(List<string> lines, string who)
        {
            var at = lines.Count == 0 ? 0 : At % lines.Count;
            switch (Kind)
            {
                case "insert" or "open" when lines.Count > 0 && What < 5:
                    lines.Insert(at, $"  {who} {What}");
                    break;
                case "header":
                    lines.Insert(at, Headers[What]);
                    break;
                case "section":
                    lines.InsertRange(at, [Headers[What], $"  {who} {What}", ""]);
                    break;
                case "remove" when lines.Count > 0:
                    lines.RemoveAt(at);
                    break;
                case "replace" when lines.Count > 0:
                    lines[at] = $"  {who} {What}";
                    break;
                case "move" when lines.Count > 0:
                    var line = lines[at];
                    lines.RemoveAt(at);
                    lines.Insert(What % (lines.Count + 1), line);
                    break;
            }
        }
    }

    internal sealed record Story(List<string> Lines, List<Edit> Change, List<Edit> Others)
    {
        internal ConfigDocument Before => Parse(Lines, isOpen: Lines.Count % 5 == 1);

        internal ConfigDocument After => Parse(AfterLines(), isOpen: Change.Exists(edit => edit.Kind == "open"));

        internal ConfigDocument Current
        {
            get
            {
                var lines = AfterLines();
                Others.ForEach(edit => edit.Apply(lines, "theirs"));
                return Parse(lines, isOpen: Others.Count % 3 == 1);
            }
        }

        internal (ConfigDocument Result, System.Collections.Immutable.ImmutableArray<ReverseEditObstacle> Obstacles) Reverse(ConfigDocument current) =>
            (ReverseEdit.Between(Before, After).Apply(current, out var obstacles), obstacles);

        /// <summary>How often the change added each line, and how often it removed it, by sections of one name.</summary>
        internal (Dictionary<string, int> Added, Dictionary<string, int> Removed) Owed()
        {
            var (was, now) = (BySection(Before), BySection(After));
            var repeated = Before.Sections.Concat(After.Sections).GroupBy(section => (section.Kind, section.Name)).Where(group => group.Count() > 2)
                .Select(group => group.Key).ToHashSet();
            var (added, removed) = (new Dictionary<string, int>(), new Dictionary<string, int>());
            foreach (var key in was.Keys.Union(now.Keys))
            {
                // Which of several sections of one name the change put a line into, nobody can say.
                var (old, left) = (was.GetValueOrDefault(key), now.GetValueOrDefault(key));
                var isAny = repeated.Contains((key.Item1, key.Item2));
                added[key.Line] = added.GetValueOrDefault(key.Line) + (isAny ? left : Math.Max(0, left - old));
                removed[key.Line] = removed.GetValueOrDefault(key.Line) + (isAny ? old : Math.Max(0, old - left));
            }

            return (added, removed);
        }

        public override string ToString() => $"{Before}\n---- after\n{After}\n---- current\n{Current}\n---- reversed\n{Reverse(Current).Result}";

        private static Dictionary<(SectionKind, string, string Line), int> BySection(ConfigDocument document) => document.Sections
            .SelectMany(section => section.Lines.Select(line => (section.Kind, section.Name, line.ToString())))
            .GroupBy(key => key).ToDictionary(group => group.Key, group => group.Count());

        private List<string> AfterLines()
        {
            var lines = Lines.ToList();
            Change.ForEach(edit => edit.Apply(lines, "ours"));
            return lines;
        }

        private static ConfigDocument Parse(List<string> lines, bool isOpen) =>
            ConfigDocument.Parse(string.Join('\n', lines) + (isOpen || lines.Count == 0 ? "" : "\n"));
    }

    /// <summary>
    /// For each section what the change does (0 nothing, 1 changes, 2 adds, 3 removes it) and, where that is nothing, what others do (0 nothing,
    /// 1 change, 2 remove it).
    /// </summary>
    internal sealed record Split(int[] Change, int[] Others, int Added, int Foreign, bool IsOpen)
    {
        /// <summary>Whether others removed every section that would tell where a removed one stood.</summary>
        internal bool HasNoNeighbours =>
            Change.Contains(3) && Added == 0 && Change.Zip(Others).All(pair => pair.First == 3 || (pair.First == 0 && pair.Second == 2));

        internal string Text(bool change, bool others)
        {
            var text = new StringBuilder();
            Append(text, others ? Foreign : 0, "peers foreign");
            for (var i = 0; i < Change.Length; i++)
            {
                var isThere = Change[i] switch
                {
                    2 => change,
                    3 => !change,
                    0 => !others || Others[i] != 2,
                    _ => true,
                };
                if (isThere)
                {
                    var word = (Change[i] == 1 && change) || (Change[i] == 0 && Others[i] == 1 && others) ? "new" : "old";
                    text.Append(CultureInfo.InvariantCulture, $"# about {i}\nbackend s{i}\n  server x {word}\n  same\n");
                }
            }

            Append(text, change ? Added : 0, "backend added");
            Append(text, others ? Foreign : 0, "backend foreign");
            return IsOpen && text.Length > 0 && Array.TrueForAll(Others, other => other == 0) ? text.ToString()[..^1] : text.ToString();
        }

        public override string ToString() => $"before:\n{Text(false, false)}\nafter:\n{Text(true, false)}\ncurrent:\n{Text(true, true)}\nwanted:\n{Text(false, true)}";

        private static void Append(StringBuilder text, int count, string header)
        {
            for (var i = 0; i < count; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{header}{i}\n  a line\n");
            }
        }
    }
}
