using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Catalog;

public sealed class DirectiveLookupTests
{
    [Theory]
    [InlineData(SectionKind.Frontend, "  timeout client 5s", LookupStatus.Found, "timeout client", 2)]
    [InlineData(SectionKind.Backend, "timeout clientt 5s", LookupStatus.Unknown, "client-fin|client", 1)]
    [InlineData(SectionKind.Backend, "timeout", LookupStatus.Incomplete, "", 1)]
    [InlineData(SectionKind.Backend, "tcp-reqest content accept", LookupStatus.Unknown, "tcp-request", 0)]
    [InlineData(SectionKind.Frontend, "tcp-request content acept", LookupStatus.Unknown, "accept", 2)]
    [InlineData(SectionKind.Frontend, "http-request set-headr X y", LookupStatus.Unknown, "set-header", 1)]
    [InlineData(SectionKind.Frontend, "\"http-request\" set-'header' X y", LookupStatus.Found, "http-request set-header", 2)]
    [InlineData(SectionKind.Frontend, "http-request set-var(txn.x) src", LookupStatus.Found, "http-request set-var", 2)]
    [InlineData(SectionKind.Frontend, "no option httpclose", LookupStatus.Found, "option httpclose", 3)]
    [InlineData(SectionKind.Frontend, "default log", LookupStatus.Found, "log", 2)]
    [InlineData(SectionKind.Frontend, "no", LookupStatus.Unknown, null, 0)]
    [InlineData(SectionKind.Frontend, "", LookupStatus.Empty, null, 0)]
    [InlineData(SectionKind.Frontend, "# maxconn 5", LookupStatus.Empty, null, 0)]
    [InlineData(SectionKind.Global, "maxconn 5", LookupStatus.Found, "maxconn", 1)]
    [InlineData(SectionKind.Global, "server s1 :80", LookupStatus.OtherSection, "server", 1)]
    [InlineData(SectionKind.Frontend, "server s1 :80", LookupStatus.OtherSection, "server", 1)]
    [InlineData(SectionKind.Frontend, "clitimeout 5s", LookupStatus.OtherVersion, "clitimeout", 1)]
    [InlineData(SectionKind.Frontend, "quic-initial accept", LookupStatus.OtherVersion, "quic-initial accept", 2)]
    [InlineData(SectionKind.Frontend, "filter compression", LookupStatus.Found, "filter compression", 2)]
    [InlineData(SectionKind.Frontend, "timeout \"$WHICH\" 5s", LookupStatus.Indeterminate, null, 1)]
    [InlineData(SectionKind.Frontend, "stats socket /x", LookupStatus.OtherSection, "stats socket", 2)]
    [InlineData(SectionKind.Global, "stats socket /x", LookupStatus.Found, "stats socket", 2)]
    [InlineData(SectionKind.Userlist, "user u password x", LookupStatus.Found, "user", 1)]
    public void FindDirective_first_words_name_what_is_expected(
        SectionKind section, string line, LookupStatus status, string? name, int arguments)
    {
        var found = HaproxyCatalog.For(HaproxyVersion.V3_0).FindDirective(section, Encoding.UTF8.GetBytes(line));
        Assert.Equal(status, found.Status);
        Assert.Equal(arguments, found.ArgumentIndex);
        if (status == LookupStatus.Unknown)
        {
            Assert.Contains(found.Nearest() ?? string.Empty, (name ?? string.Empty).Split('|'));
        }
        else if (name is { Length: > 0 })
        {
            Assert.Equal(name, found.Entry.Name);
        }
    }

    [Fact]
    public void FindDirective_same_word_in_two_sections_is_two_entries()
    {
        var catalog = HaproxyCatalog.For(HaproxyVersion.V3_0);
        var global = catalog.FindDirective(SectionKind.Global, "maxconn 5"u8).Entry;
        var proxy = catalog.FindDirective(SectionKind.Frontend, "maxconn 5"u8).Entry;
        Assert.NotEqual(global, proxy);
        Assert.True(global.IsLegalIn(SectionKind.Global) && !global.IsLegalIn(SectionKind.Frontend));
        Assert.True(proxy.IsIgnoredIn(SectionKind.Backend) && proxy.IsLegalIn(SectionKind.Backend));
        Assert.False(proxy.IsIgnoredIn(SectionKind.Frontend));
    }

    [Fact]
    public void FindDirective_newest_row_answers_for_all_versions()
    {
        var line = "mode spop"u8;
        Assert.Equal("{ tcp | http }", HaproxyCatalog.For(HaproxyVersion.V2_6).FindDirective(SectionKind.Backend, line).Entry.Signature.Text);
        Assert.Contains("spop", HaproxyCatalog.AllVersions.FindDirective(SectionKind.Backend, line).Entry.Signature.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no log", MatchOutcome.Complete)]
    [InlineData("no log global", MatchOutcome.Unexpected)]
    [InlineData("log", MatchOutcome.Missing)]
    [InlineData("default log", MatchOutcome.Missing)]
    [InlineData("no option redispatch", MatchOutcome.Complete)]
    public void FindDirective_behind_a_negated_line_nothing_stands(string line, MatchOutcome outcome)
    {
        var found = HaproxyCatalog.For(HaproxyVersion.V3_0).FindDirective(SectionKind.Defaults, Encoding.UTF8.GetBytes(line));
        var sink = new RecordingSink();
        Assert.Equal(line.StartsWith("no ", StringComparison.Ordinal), found.IsNegated);
        Assert.Equal(outcome, SignatureMatcher.Match(in found, ref sink));
    }

    [Fact]
    public void FindSection_header_names_its_section()
    {
        var catalog = HaproxyCatalog.For(HaproxyVersion.V3_0);
        var backend = catalog.FindSection("backend app from d"u8);
        Assert.Equal((LookupStatus.Found, "backend"), (backend.Status, backend.Entry.Name));
        var sink = new RecordingSink();
        Assert.Equal(MatchOutcome.Complete, SignatureMatcher.Match(in backend, ref sink));
        Assert.Equal(["1 <name> app", "2 literal from", "3 <defaults-name> d"], sink.Told);
        var misspelt = catalog.FindSection("backnd app"u8);
        Assert.Equal((LookupStatus.Unknown, "backend"), (misspelt.Status, misspelt.Nearest()));
        Assert.Equal(LookupStatus.OtherVersion, catalog.FindSection("traces"u8).Status);
    }

    [Fact]
    public void FindCommand_longest_name_is_found()
    {
        var found = HaproxyCatalog.For(HaproxyVersion.V3_0).FindCommand("show servers state app"u8);
        Assert.Equal((LookupStatus.Found, "show servers state", 3), (found.Status, found.Entry.Name, found.ArgumentIndex));
    }
}
