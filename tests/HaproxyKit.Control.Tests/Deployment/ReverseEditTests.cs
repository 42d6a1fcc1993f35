using HaproxyKit.Control.Deployment;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Tests.Deployment;

public sealed class ReverseEditTests
{
    private const string Before = """
        global
            maxconn 100

        # the site
        backend web
            balance roundrobin
            server s1 10.0.0.1:80
            server s2 10.0.0.2:80

        backend api
            server a1 10.0.1.1:80

        """;

    private static readonly string Api = Before[Before.IndexOf("backend api", StringComparison.Ordinal)..];

    [Fact]
    public void Apply_file_as_the_change_left_it_is_what_it_was() =>
        MustBecome(Before, Change("10.0.0.1", "10.0.0.9"), after => after, Before);

    [Fact]
    public void Apply_others_wrote_beside_the_line_keeps_theirs() => MustBecome(
        Before,
        Change("10.0.0.1", "10.0.0.9"),
        after => after.Replace("s2 10.0.0.2:80", "s2 10.0.0.2:80 backup").Replace("balance roundrobin", "balance leastconn"),
        Before.Replace("s2 10.0.0.2:80", "s2 10.0.0.2:80 backup").Replace("balance roundrobin", "balance leastconn"));

    [Fact]
    public void Apply_section_that_was_added_goes_and_one_that_was_removed_comes_back_in_its_place() => MustBecome(
        Before,
        before => before.Replace(Api, "").Replace("# the site\n", "backend new\n    server n 10.0.2.1:80\n\n# the site\n"),
        after => after + "backend theirs\n    server t 10.0.3.1:80\n",
        Before + "backend theirs\n    server t 10.0.3.1:80\n");

    [Fact]
    public void Apply_others_moved_a_section_reverses_it_where_it_stands() => MustBecome(
        Before,
        Change("10.0.0.1", "10.0.0.9"),
        after => Api + after.Replace(Api, ""),
        Api + Before.Replace(Api, ""));

    [Fact]
    public void Apply_section_that_was_renamed_gets_its_name_back_and_keeps_what_others_added() => MustBecome(
        Before,
        Change("backend api", "backend api2"),
        after => after.Replace("a1 10.0.1.1:80\n", "a1 10.0.1.1:80\n    server a2 10.0.1.2:80\n"),
        Before.Replace("a1 10.0.1.1:80\n", "a1 10.0.1.1:80\n    server a2 10.0.1.2:80\n"));

    [Fact]
    public void Apply_sections_that_were_moved_go_back() => MustBecome(
        Before, before => Api + before.Replace(Api, ""), after => "# theirs\n\n" + after, "# theirs\n\n" + Before);

    [Fact]
    public void Apply_last_line_without_an_ending_is_not_joined_with_what_others_appended() => MustBecome(
        Before.TrimEnd('\n'),
        before => before + "\nbackend new\n    server n 10.0.2.1:80\n",
        after => after + "backend theirs\n    server t 10.0.3.1:80\n",
        Before + "backend theirs\n    server t 10.0.3.1:80\n");

    [Fact]
    public void Apply_line_that_others_changed_too_is_left_and_told() => MustLeave(
        Change("10.0.0.1", "10.0.0.9"), after => after.Replace("10.0.0.9:80", "10.0.0.9:8080"), "backend 'web', line 7: the change's lines were changed by others since");

    [Fact]
    public void Apply_section_that_was_added_and_changed_by_others_is_left_and_told() => MustLeave(
        before => before + "backend new\n    server n 10.0.2.1:80\n",
        after => after + "    server theirs 10.0.3.1:80\n",
        "backend 'new', line 12: the change added the section, and others have changed it since");

    [Fact]
    public void Apply_section_that_was_added_and_renamed_by_others_is_told() => MustLeave(
        before => before + "backend new\n    server n 10.0.2.1:80\n",
        after => after.Replace("backend new", "backend newer"),
        "backend 'newer', line 13: a line of the change stands in another section since");

    [Fact]
    public void Apply_section_that_others_removed_is_told() => MustLeave(
        Change("10.0.1.1", "10.0.1.9"),
        after => after.Replace(Api.Replace("10.0.1.1", "10.0.1.9"), ""),
        "backend 'api': others have removed the section since, or given it another name");

    [Fact]
    public void Apply_section_that_was_removed_and_written_anew_by_others_is_told() => MustLeave(
        before => before.Replace(Api, ""),
        after => after + "backend api\n    server mine 10.0.9.1:80\n",
        "backend 'api', line 10: the change removed the section, and others have written one of that name since");

    [Fact]
    public void Apply_lines_that_were_removed_do_not_come_between_lines_of_others() => MustLeave(
        Change("    server s2 10.0.0.2:80\n", ""),
        after => after.Replace("s1 10.0.0.1:80\n", "s1 10.0.0.1:80\n    server theirs 10.0.3.1:80\n"),
        "backend 'web', line 8: a line is missing here, and others have written in its place since");

    [Fact]
    public void Apply_twice_is_once()
    {
        var edit = ReverseEdit.Between(ConfigDocument.Parse(Before), ConfigDocument.Parse(Change("10.0.0.1", "10.0.0.9")(Before)));
        var current = ConfigDocument.Parse("# theirs\n" + Change("10.0.0.1", "10.0.0.9")(Before));
        var once = edit.Apply(current);

        Assert.Same(once, edit.Apply(once, out var obstacles));
        Assert.Empty(obstacles);
    }

    [Fact]
    public void Apply_shares_what_stays_with_the_document_it_is_applied_to()
    {
        var before = ConfigDocument.Parse(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"backend b{i}\n  server s 10.0.0.1:80\n")));
        var ordinal = before.FindSections(SectionKind.Backend, "b2500")[0];
        var after = before.ReplaceLines(ordinal, 1, 1, "  server s 10.0.0.2:80\n"u8);
        var current = after.ReplaceLines(100, 1, 1, "  server theirs 10.0.0.3:80\n"u8);

        var reversed = ReverseEdit.Between(before, after).Apply(current);

        Assert.Equal(before.ReplaceLines(100, 1, 1, "  server theirs 10.0.0.3:80\n"u8).ToBytes(), reversed.ToBytes());
        Assert.Equal(1, reversed.Sections.Zip(current.Sections).Count(pair => !ReferenceEquals(pair.First, pair.Second)));
    }

    private static Func<string, string> Change(string old, string wanted) => text => text.Replace(old, wanted, StringComparison.Ordinal);

    private static void MustBecome(string before, Func<string, string> change, Func<string, string> others, string wanted)
    {
        var after = change(before);
        Assert.NotEqual(before, after);
        var edit = ReverseEdit.Between(ConfigDocument.Parse(before), ConfigDocument.Parse(after));

        var reversed = edit.Apply(ConfigDocument.Parse(others(after), "haproxy.cfg"), out var obstacles);

        Assert.Empty(obstacles);
        Assert.Equal(wanted, reversed.ToString());
        Assert.Equal("haproxy.cfg", reversed.Path);
    }

    private static void MustLeave(Func<string, string> change, Func<string, string> others, string obstacle)
    {
        var after = change(Before);
        var current = others(after);
        Assert.NotEqual(after, current);

        var reversed = ReverseEdit.Between(ConfigDocument.Parse(Before), ConfigDocument.Parse(after)).Apply(ConfigDocument.Parse(current), out var obstacles);

        Assert.Equal([obstacle], obstacles.Select(o => o.ToString()));
        Assert.Equal(current, reversed.ToString());
    }
}
