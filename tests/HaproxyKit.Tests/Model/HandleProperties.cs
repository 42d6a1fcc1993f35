using FsCheck.Fluent;
using HaproxyKit.Model;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Model;

public sealed class HandleProperties
{
    [Fact]
    public void A_handle_is_its_line_through_any_edits() => Laws.Check(
        Prop.ForAll(RealisticText.Any, ModelEdit.Chain, (text, edits) =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(text));
            var marks = MarkAll(config);
            var snapshots = new List<(ConfigDocument Document, byte[] Bytes)>();
            foreach (var edit in edits.Where(e => !e.NameOfKind.Contains("comment", StringComparison.Ordinal)))
            {
                snapshots.Add((config.Document, config.Document.ToBytes()));
                var removed = WhatGoes(edit, config);
                if (edit.Apply(config) is not null)
                {
                    removed.Clear();
                }

                foreach (var (directive, mark) in marks)
                {
                    Assert.Equal(removed.Contains(directive) || directive.IsRemoved, directive.IsRemoved);
                    Assert.Equal(Count(config, mark) == 0, directive.IsRemoved);
                    if (!directive.IsRemoved)
                    {
                        Assert.Equal(mark, directive.Comment);
                        Assert.Same(directive, config.Sections.SelectMany(s => s.Directives).Single(d => d.LineNumber == directive.LineNumber));
                    }
                }

                DocumentAssert.HandlesFit(config);
            }

            Assert.All(snapshots, s => Assert.Equal(s.Bytes, s.Document.ToBytes()));
            Assert.All(marks.Keys.Where(d => d.IsRemoved), AssertThrows);
        }),
        cases: 400);

    [Fact]
    public void A_section_handle_is_its_header_through_any_edits() => Laws.Check(
        Prop.ForAll(RealisticText.Any, ModelEdit.Chain, (text, edits) =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(MarkHeaders(text)));
            var marks = config.Sections.Where(s => s.Kind != SectionKind.None && LineEditor.CommentOf(Header(s))?.StartsWith("section-", StringComparison.Ordinal) == true)
                .ToDictionary(s => s, s => LineEditor.CommentOf(Header(s))!);
            foreach (var edit in edits)
            {
                var gone = edit.RemovesSection && config.Sections.Count > 0 ? edit.SectionOf(config) : null;
                edit.Apply(config);
                Assert.True(gone is null || gone.IsRemoved || gone.Kind == SectionKind.None);
                foreach (var (section, mark) in marks)
                {
                    Assert.Equal(Count(config, mark) == 0, section.IsRemoved);
                    if (!section.IsRemoved)
                    {
                        Assert.Equal(mark, LineEditor.CommentOf(Header(section)));
                        Assert.Same(section, Assert.Single(config.Sections, s => s.Kind != SectionKind.None && LineEditor.CommentOf(Header(s)) == mark));
                        Assert.Equal(section.LineNumber, config.Document.GetPosition(section.Ordinal).Line + section.Syntax.HeaderLine);
                    }
                }
            }

            Assert.All(marks.Keys.Where(s => s.IsRemoved), removed => Assert.Throws<InvalidOperationException>(() => removed.Directives.Count));
        }),
        cases: 400);

    [Fact]
    public void A_fork_goes_its_own_way() => Laws.Check(
        Prop.ForAll(RealisticText.Any, ModelEdit.Chain, (text, edits) =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(text));
            var fork = new HaproxyConfig(config.Document);
            edits.ForEach(edit => edit.Apply(config));
            Assert.Equal(text, fork.Document.ToBytes());
            var edited = config.Document.ToBytes();
            edits.AsEnumerable().Reverse().ToList().ForEach(edit => edit.Apply(fork));
            Assert.Equal(edited, config.Document.ToBytes());
            var again = ConfigDocument.Parse(text).Edit(c => edits.ForEach(edit => edit.Apply(c)));
            Assert.Equal(edited, again.ToBytes());
        }),
        cases: 300);

    /// <summary>Gives every line that can have one a comment of its own.</summary>
    private static Dictionary<Directive, string> MarkAll(HaproxyConfig config)
    {
        var marks = new Dictionary<Directive, string>();
        foreach (var directive in config.Sections.SelectMany(s => s.Directives).ToList())
        {
            try
            {
                directive.Comment = $"mark-{marks.Count};";
                marks.Add(directive, directive.Comment);
            }
            catch (InvalidOperationException)
            {
                Assert.Null(directive.Comment);
            }
        }

        return marks;
    }

    /// <summary>Gives every header that has none a comment of its own.</summary>
    private static byte[] MarkHeaders(byte[] text)
    {
        var lines = DocumentAssert.Lines(text);
        for (var i = 0; i < lines.Count; i++)
        {
            var bytes = System.Text.Encoding.Latin1.GetBytes(lines[i]);
            if (LineClassifier.Classify(bytes, out _) == LineKind.Section && LineEditor.CommentOf(bytes) is null && !lines[i].Contains('\r', StringComparison.Ordinal))
            {
                lines[i] = lines[i].TrimEnd('\n') + $" # section-{i};" + (lines[i].EndsWith('\n') ? "\n" : "");
            }
        }

        return System.Text.Encoding.Latin1.GetBytes(string.Concat(lines));
    }

    private static ReadOnlySpan<byte> Header(Section section) => section.Syntax.LineSpan(section.Syntax.HeaderLine);

    private static HashSet<Directive> WhatGoes(ModelEdit edit, HaproxyConfig config) =>
        edit.RemovesSection && config.Sections.Count > 0 ? [.. edit.SectionOf(config).Directives]
        : edit.NameOfKind == "remove" && config.Sections.Any(s => s.Directives.Count > 0) ? [edit.DirectiveOf(config)]
        : [];

    private static int Count(HaproxyConfig config, string mark) => config.ToString().Split(mark).Length - 1;

    private static void AssertThrows(Directive removed)
    {
        Assert.Throws<InvalidOperationException>(() => removed.Text);
        Assert.Throws<InvalidOperationException>(() => removed.Keyword);
        Assert.Throws<InvalidOperationException>(() => removed.Arguments.Count);
        Assert.Throws<InvalidOperationException>(() => removed.Comment = "x");
        Assert.Throws<InvalidOperationException>(removed.Remove);
        Assert.Equal("(removed)", removed.ToString());
    }
}
