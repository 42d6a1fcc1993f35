using FsCheck.Fluent;
using HaproxyKit.Model;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Model;

public sealed class EditProperties
{
    [Fact]
    public void An_edit_changes_only_the_line_that_it_names() => Laws.Check(
        Prop.ForAll(RealisticText.OrHostile, ModelEdit.Any, (text, edit) =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(text));
            var before = config.Document;
            before.FindSections(SectionKind.Backend, "app");
            var conditions = ConditionsByLine(config);
            var (first, count) = LinesOf(edit, config);
            var refusal = edit.Apply(config);
            var run = DocumentAssert.OnlyDiffersAt(text, config.Document.ToBytes(), first, count);
            if (refusal is not null)
            {
                Assert.Same(before, config.Document);
            }
            else if (edit.IsOfDirective)
            {
                Assert.True(run is { Removed.Count: <= 1, Added.Count: <= 1 }, $"{run}");
            }
            else if (edit.IsOfSection)
            {
                Assert.True(run is { Removed.Count: <= 1, Added.Count: <= 1 } || (edit.MayRemoveSeveral && run.OnlyRemoves), $"{run}");
            }
            else if (edit.RemovesSection)
            {
                Assert.True(run.OnlyRemoves && run.Added.All(l => l.TrimStart(' ', '\t').StartsWith('.')), $"{run}");
                AssertSameConditions(conditions, config, first, count);
            }
            else
            {
                Assert.True(run.Removed.All(l => l.StartsWith('#')) && run.Added.Count <= run.Removed.Count + 3, $"{run}");
            }

            DocumentAssert.IsAsIfParsed(config.Document);
            DocumentAssert.HandlesFit(config);
        }),
        cases: 3_000);

    [Fact]
    public void A_value_that_was_set_is_read_back_and_no_other_word_differs() => Laws.Check(
        Prop.ForAll(RealisticText.Any, ModelEdit.Any, (text, edit) =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(text));
            var directives = config.Sections.SelectMany(s => s.Directives).Where(d => d.Arguments.Count > 0).ToList();
            if (directives.Count == 0)
            {
                return;
            }

            var directive = directives[edit.Where % directives.Count];
            var index = edit.Word % directive.Arguments.Count;
            var (others, comment, indent) = (Words(directive), directive.Comment, directive.Text.Length - directive.Text.TrimStart().Length);
            try
            {
                directive.Arguments[index].Value = edit.Text;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                Assert.Equal(text, config.Document.ToBytes());
                return;
            }

            Assert.Equal(edit.Text, directive.Arguments[index].Value);
            others[index] = directive.Arguments[index].Raw;
            Assert.Equal(others, Words(directive));
            Assert.Equal(comment, directive.Comment);
            Assert.Equal(indent, directive.Text.Length - directive.Text.TrimStart().Length);
        }),
        cases: 3_000);

    [Fact]
    public void Words_added_stand_behind_the_others_as_they_were() => Laws.Check(
        Prop.ForAll(RealisticText.Any, ModelEdit.Any, (text, edit) =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(text));
            if (!HasDirectives(config))
            {
                return;
            }

            var directive = edit.DirectiveOf(config);
            var (keyword, modifier, comment) = (directive.Keyword, directive.Modifier, directive.Comment);
            var values = directive.Arguments.Select(a => a.Value).ToList();
            var at = edit.Word % (values.Count + 1);
            try
            {
                directive.Arguments.Insert(at, edit.Text, "two words");
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                Assert.Equal(text, config.Document.ToBytes());
                return;
            }

            values.InsertRange(at, [edit.Text, "two words"]);
            Assert.Equal(values, directive.Arguments.Select(a => a.Value));
            directive.Arguments.RemoveAt(at);
            directive.Arguments.RemoveAt(at);
            values.RemoveRange(at, 2);
            Assert.Equal(values, directive.Arguments.Select(a => a.Value));
            Assert.Equal((keyword, modifier, comment), (directive.Keyword, directive.Modifier, directive.Comment));
        }),
        cases: 3_000);

    [Fact]
    public void Setting_what_is_there_changes_no_byte() => Laws.Check(
        RealisticText.OrHostile,
        text =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(text));
            foreach (var section in config.Sections)
            {
                SetToItself(section);
                foreach (var directive in section.Directives)
                {
                    directive.Comment = directive.Comment;
                    directive.Modifier = directive.Modifier;
                    foreach (var argument in directive.Arguments)
                    {
                        argument.Value = argument.Value;
                    }

                    SetToItself(directive);
                }
            }

            Assert.Equal(text, config.Document.ToBytes());
        },
        cases: 2_000);

    [Fact]
    public void Reading_everything_changes_nothing() => Laws.Check(
        RealisticText.OrHostile,
        text =>
        {
            var config = new HaproxyConfig(ConfigDocument.Parse(text));
            var document = config.Document;
            ModelWalker.ReadEverything(config);
            Assert.Same(document, config.Document);
            Assert.Equal(text, config.Document.ToBytes());
        },
        cases: 500);

    /// <summary>
    /// The lines that a change may touch: one, those of a section, or none and what follows at the end.
    /// </summary>
    private static (int First, int Count) LinesOf(ModelEdit edit, HaproxyConfig config)
    {
        var atEnd = (config.Document.LineCount + 1, 0);
        if (edit.IsOfDirective)
        {
            return HasDirectives(config) ? (edit.DirectiveOf(config).LineNumber, 1) : atEnd;
        }

        if (config.Sections.Count == 0 || (edit.NameOfKind.StartsWith("add ", StringComparison.Ordinal) && !edit.IsOfSection))
        {
            return atEnd;
        }

        var section = edit.SectionOf(config);
        var first = config.Document.GetPosition(section.Ordinal).Line;
        return edit.NameOfKind.Contains("comments", StringComparison.Ordinal)
            ? (first, section.Comments.Count)
            : (first, section.Syntax.LineCount);
    }

    private static void SetToItself(Section section)
    {
        if (section.Kind != SectionKind.None)
        {
            section.Comments = section.Comments;
        }

        if (section.Name.Length > 0)
        {
            section.Name = section.Name;
        }

        if (section is not ProxySection proxy)
        {
            return;
        }

        if (proxy.Mode is { } mode)
        {
            proxy.Mode = mode;
        }

        if (proxy.From is { } from)
        {
            proxy.From = from;
        }

        foreach (var name in proxy.Options.Names.Where(n => n.Length > 0))
        {
            proxy.Options[name] = proxy.Options[name] ?? proxy.Options[name];
        }

        foreach (var name in proxy.Directives["timeout"].Where(t => t.Arguments.Count > 0).Select(t => t.Arguments[0].Value).Where(n => n.Length > 0).ToList())
        {
            if (proxy.Timeouts[name] is { } time)
            {
                proxy.Timeouts[name] = time;
            }
        }

        if (proxy is Frontend { DefaultBackend: { } frontendDefault } frontend)
        {
            frontend.DefaultBackend = frontendDefault;
        }

        if (proxy is Listen { DefaultBackend: { } listenDefault } listen)
        {
            listen.DefaultBackend = listenDefault;
        }

        if (proxy is Backend { Balance: { } balance } backend)
        {
            backend.Balance = balance;
        }
    }

    private static void SetToItself(Directive directive)
    {
        switch (directive)
        {
            case Server { Name.Length: > 0 } server:
                (server.Name, server.Check, server.Backup, server.Disabled) = (server.Name, server.Check, server.Backup, server.Disabled);
                server.Weight = server.Weight ?? server.Weight;
                if (server.Address.Text.Length > 0)
                {
                    server.Address = server.Address;
                }

                break;
            case Bind bind:
                bind.Name = bind.Name;
                break;
            case StickTable table:
                (table.Type, table.Size) = (table.Type, table.Size);
                break;
            case UseBackend { Backend.Length: > 0 } rule:
                rule.Backend = rule.Backend;
                break;
        }
    }

    private static bool HasDirectives(HaproxyConfig config) => config.Sections.Any(s => s.Directives.Count > 0);

    private static List<string> Words(Directive directive) => [.. directive.Arguments.Select(a => a.Raw)];

    private static List<string> ConditionsByLine(HaproxyConfig config) =>
        [.. Enumerable.Range(1, config.Document.LineCount).Select(n => string.Join(" > ", config.Conditions.Around(n).Select(c => c.Keyword + c.Expression)))];

    private static void AssertSameConditions(List<string> before, HaproxyConfig config, int first, int count)
    {
        var after = ConditionsByLine(config);
        Assert.Equal(before[..(first - 1)], after[..(first - 1)]);
        var behind = before.Count - (first - 1) - count;
        Assert.Equal(before[^behind..], after[^behind..]);
    }
}
