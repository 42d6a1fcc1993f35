using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Properties;

public sealed class EditingProperties
{
    [Fact]
    public void ReplaceLines_gives_what_parsing_the_edited_text_gives() => Laws.Check(
        SectionedText.Chains,
        chain =>
        {
            var document = ConfigDocument.Parse(chain.Text);
            foreach (var edit in chain.Edits)
            {
                var expected = edit.ApplyToBytes(document);
                document = edit.ApplyTo(document);
                AssertSame(ConfigDocument.Parse(expected), document);
            }
        },
        4_000);

    [Fact]
    public void Change_tells_which_run_of_sections_it_replaced() => Laws.Check(
        SectionedText.Chains,
        chain =>
        {
            var document = ConfigDocument.Parse(chain.Text);
            foreach (var edit in chain.Edits)
            {
                var (ordinal, first, count) = edit.In(document);
                var change = document.Change(ordinal, first, count, edit.Text);
                Assert.Equal(document.SectionCount - change.OldCount + change.NewCount, change.Document.SectionCount);
                for (var i = 0; i < change.FirstSection; i++)
                {
                    Assert.Same(document.GetSection(i), change.Document.GetSection(i));
                }

                for (var i = change.FirstSection + change.OldCount; i < document.SectionCount; i++)
                {
                    Assert.Same(document.GetSection(i), change.Document.GetSection(i - change.OldCount + change.NewCount));
                }

                document = change.Document;
            }
        },
        1_000);

    [Fact]
    public void An_edit_leaves_the_old_document_as_it_was() => Laws.Check(
        SectionedText.Chains,
        chain =>
        {
            var document = ConfigDocument.Parse(chain.Text);
            var changed = document;
            foreach (var edit in chain.Edits)
            {
                changed = edit.ApplyTo(changed);
            }

            AssertSame(ConfigDocument.Parse(chain.Text), document);
        });

    [Fact]
    public void RemoveSection_gives_what_parsing_the_text_without_it_gives() => Laws.Check(
        SectionedText.Texts,
        bytes =>
        {
            var document = ConfigDocument.Parse(bytes);
            for (var i = 0; i < document.SectionCount; i++)
            {
                var start = document.GetPosition(i).Offset;
                byte[] expected = [.. bytes[..start], .. bytes[(start + document.GetSection(i).Length)..]];
                AssertSame(ConfigDocument.Parse(expected), document.RemoveSection(i));
            }
        });

    [Fact]
    public void FindSections_agrees_with_a_search_after_any_edits() => Laws.Check(
        SectionedText.Chains,
        chain =>
        {
            var document = ConfigDocument.Parse(chain.Text);
            foreach (var edit in chain.Edits)
            {
                // The index is made before the edit, so that one that is shared wrongly is found out.
                AssertFound(document);
                document = edit.ApplyTo(document);
            }

            AssertFound(document);
        });

    [Fact]
    public void Edits_of_a_document_of_many_pages_are_like_those_of_a_small_one() => Laws.Check(
        SectionedText.Chains,
        chain =>
        {
            var many = string.Concat(Enumerable.Range(0, 600).Select(i => $"backend many{i}\n x\n"));
            var document = ConfigDocument.Parse([.. Latin1.Bytes(many), .. chain.Text]);
            foreach (var edit in chain.Edits)
            {
                document = edit.ApplyTo(document);
            }

            AssertSame(ConfigDocument.Parse(document.ToBytes()), document);
            AssertFound(document);
        },
        100);

    private static void AssertFound(ConfigDocument document)
    {
        foreach (var named in document.Sections.Select((s, i) => (Key: (s.Kind, s.Name), Ordinal: i)).GroupBy(s => s.Key, s => s.Ordinal))
        {
            Assert.Equal(named, document.FindSections(named.Key.Kind, named.Key.Name));
        }

        Assert.Empty(document.FindSections(SectionKind.Backend, "no such section"));
    }

    private static void AssertSame(ConfigDocument expected, ConfigDocument actual)
    {
        Assert.Equal(Latin1.Text(expected.ToBytes()), Latin1.Text(actual.ToBytes()));
        Assert.Equal(expected.Sections.Select(Describe), actual.Sections.Select(Describe));
        Assert.Equal((expected.Length, expected.LineCount, expected.SectionCount), (actual.Length, actual.LineCount, actual.SectionCount));
        Assert.Equal(
            Enumerable.Range(0, expected.SectionCount).Select(expected.GetPosition),
            Enumerable.Range(0, actual.SectionCount).Select(actual.GetPosition));
    }

    private static (SectionKind Kind, int Header, string Name, string Lines) Describe(SectionSyntax section) =>
        (section.Kind, section.HeaderLine, section.Name, Latin1.Join(section.Lines.Select(line => line.Bytes.ToArray())));
}
