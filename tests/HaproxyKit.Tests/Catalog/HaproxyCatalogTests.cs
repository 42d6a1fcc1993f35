using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Catalog.Sources;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Catalog;

public sealed class HaproxyCatalogTests
{
    private static readonly string Dumps = Path.Combine(Repository.Root, "src", "HaproxyKit", "Catalog", "Sources", "dumps");

    public static TheoryData<string> Versions => [.. KnownVersions.Dumped];

    [Theory]
    [MemberData(nameof(Versions))]
    public void TryFind_every_word_that_HAProxy_lists_is_found(string version)
    {
        var catalog = For(version);
        var missing = KeywordDump.Read(Path.Combine(Dumps, version + ".txt"))
            .Where(word => !IsRefused(word) && !catalog.TryFind(ClassOf(word), Bytes(word.Name.TrimEnd('*')), out _))
            .Select(word => $"{word.Class} {word.Name}");
        Assert.Empty(missing);
    }

    /// <summary>Of lines and options some are in no list, so that only what is listed in full can be missing.</summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public void TryFind_no_word_is_found_that_only_other_versions_list(string version)
    {
        var listed = Listed(version);
        var others = KnownVersions.Dumped.SelectMany(Listed).Except(listed).Where(word => !word.Name.Contains("quic", StringComparison.Ordinal));
        var catalog = For(version);
        var found = others.Where(word => catalog.TryFind(ClassOf(word.Class), Bytes(word.Name), out var entry) && entry.Name == word.Name);
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("2.6", EntryClass.Fetch, 454)]
    [InlineData("3.5", EntryClass.Fetch, 563)]
    [InlineData("2.6", EntryClass.Converter, 136)]
    [InlineData("3.5", EntryClass.Converter, 209)]
    [InlineData("2.6", EntryClass.AclAlias, 77)]
    [InlineData("3.5", EntryClass.AclAlias, 77)]
    [InlineData("2.6", EntryClass.CliCommand, 130)]
    [InlineData("3.5", EntryClass.Service, 2)]
    public void Entries_of_a_version_are_as_many_as_HAProxy_lists_and_those_of_Lua(string version, EntryClass @class, int count)
    {
        var entries = 0;
        foreach (var entry in For(version).Entries(@class))
        {
            Assert.Equal(@class, entry.Class);
            entries++;
        }

        Assert.Equal(count, entries);
    }

    [Fact]
    public void TryFind_fetch_tells_arguments_type_and_contexts()
    {
        Assert.True(For("3.0").TryFind(EntryClass.Fetch, "req.hdr_ip"u8, out var fetch));
        Assert.Equal(SampleType.Address, fetch.OutputType);
        Assert.Equal((0, 2), (fetch.Arguments.MinimumCount, fetch.Arguments.MaximumCount));
        Assert.Equal(SampleArgumentKind.Text, fetch.Arguments[0]);
        Assert.Equal(SampleArgumentKind.Number, fetch.Arguments[1]);
        Assert.True(fetch.Contexts.HasFlag(RuleContexts.FrontendRequestHeader | RuleContexts.SetServer | RuleContexts.ServerSource));
        Assert.False(fetch.Contexts.HasFlag(RuleContexts.FrontendSession));
        Assert.False(fetch.Contexts.HasFlag(RuleContexts.BackendResponseContent));
        Assert.True(For("2.6").TryFind(EntryClass.Fetch, "req.hdr_ip"u8, out var older));
        Assert.Equal(SampleType.Ipv4, older.OutputType);
        Assert.NotEqual(fetch, older);
    }

    [Theory]
    [InlineData("b64dec", SampleType.Text, SampleType.Binary)]
    [InlineData("base64", SampleType.Binary, SampleType.Text)]
    [InlineData("map_str_int", SampleType.Text, SampleType.Number)]
    [InlineData("debug", SampleType.Any, SampleType.Same)]
    public void TryFind_converter_tells_what_goes_in_and_comes_out(string name, SampleType input, SampleType output)
    {
        Assert.True(For("3.2").TryFind(EntryClass.Converter, Bytes(name), out var converter));
        Assert.Equal((input, output), (converter.InputType, converter.OutputType));
    }

    [Fact]
    public void TryFind_required_arguments_come_before_optional_ones()
    {
        Assert.True(For("3.0").TryFind(EntryClass.Converter, "ipmask"u8, out var mask));
        Assert.Equal((1, 2), (mask.Arguments.MinimumCount, mask.Arguments.MaximumCount));
        Assert.Equal((SampleArgumentKind.Ipv4Mask, SampleArgumentKind.Ipv6Mask), (mask.Arguments[0], mask.Arguments[1]));
        Assert.True(For("3.0").TryFind(EntryClass.Converter, "table_gpc"u8, out var table));
        Assert.Equal((2, 2), (table.Arguments.MinimumCount, table.Arguments.MaximumCount));
        Assert.Equal(SampleArgumentKind.Table, table.Arguments[1]);
        Assert.True(For("3.0").TryFind(EntryClass.Fetch, "always_true"u8, out var none));
        Assert.Equal(0, none.Arguments.MaximumCount);
    }

    [Fact]
    public void TryFind_alias_command_and_option_tell_what_they_are()
    {
        var catalog = For("3.0");
        Assert.True(catalog.TryFind(EntryClass.AclAlias, "path_beg"u8, out var alias));
        Assert.Equal("path -m beg", alias.Meaning);
        Assert.True(catalog.TryFind(EntryClass.CliCommand, "show env"u8, out var command));
        Assert.True(command.IsForWorkers && !command.IsForMaster && !command.IsExpert);
        Assert.True(catalog.TryFind(EntryClass.CliCommand, "set var"u8, out command) && command.IsExperimental);
        Assert.True(catalog.TryFind(EntryClass.CliCommand, "reload"u8, out command) && command.IsForMaster);
        Assert.True(catalog.TryFind(EntryClass.Option, "option http-pretend-keepalive"u8, out var option));
        Assert.True(option.IsForBackends && option.IsHttpOnly && option.CanBeNegated && !option.IsForFrontends);
        Assert.True(catalog.TryFind(EntryClass.Option, "option httplog"u8, out option));
        Assert.True(option.IsForFrontends && !option.IsForBackends && !option.CanBeNegated);
        Assert.True(catalog.TryFind(EntryClass.Keyword, "log"u8, out var log) && log.CanBeNegated);
        Assert.True(catalog.TryFind(EntryClass.Ruleset, "http-request"u8, out var rules) && rules.NeedsNamedDefaults);
    }

    [Fact]
    public void TryFind_prefix_is_found_by_the_word_as_written()
    {
        var catalog = For("3.0");
        Assert.True(catalog.TryFind(EntryClass.Action, "http-request set-var-fmt(txn.x)"u8, out var entry));
        Assert.Equal("http-request set-var-fmt", entry.Name);
        Assert.True(catalog.TryFind(EntryClass.Action, "tcp-request content track-sc2"u8, out entry) && entry.IsPrefix);
        Assert.True(catalog.TryFind(EntryClass.Action, "http-request sc-inc-gpc0(1)"u8, out entry));
        Assert.Equal("http-request sc-inc-gpc0", entry.Name);
        Assert.False(catalog.TryFind(EntryClass.Action, "http-request set-va(txn.x)"u8, out _));
    }

    [Theory]
    [InlineData(EntryClass.Fetch, "req.hrd", "req.hdr")]
    [InlineData(EntryClass.Converter, "lowr", "lower")]
    [InlineData(EntryClass.BindWord, "ssll", "ssl")]
    [InlineData(EntryClass.ServerWord, "chekc", "check")]
    [InlineData(EntryClass.CliCommand, "show inof", "show info")]
    [InlineData(EntryClass.Converter, "nothing-like-it-at-all", null)]
    public void Nearest_misspelt_name_is_corrected(EntryClass @class, string name, string? nearest) =>
        Assert.Equal(nearest, For("3.0").Nearest(@class, Bytes(name)));

    [Fact]
    public void For_older_or_newer_version_has_the_words_of_the_nearest_known_one()
    {
        Assert.Equal(HaproxyVersion.V2_6, HaproxyCatalog.For(new HaproxyVersion(2, 4)).Version);
        Assert.True(HaproxyCatalog.For(new HaproxyVersion(9, 9)).TryFind(EntryClass.Keyword, "bind"u8, out _));
        Assert.Null(HaproxyCatalog.AllVersions.Version);
        Assert.True(HaproxyCatalog.AllVersions.TryFind(EntryClass.Keyword, "bind-process"u8, out var gone));
        Assert.False(gone.IsIn(HaproxyVersion.V3_0));
        Assert.True(gone.IsDeprecatedIn(HaproxyVersion.V2_6));
        Assert.Equal(new HaproxyVersion(2, 7), gone.Removed);
        Assert.False(HaproxyCatalog.AllVersions.TryFind(EntryClass.Keyword, "clitimeout"u8, out _));
    }

    [Fact]
    public void Entries_default_value_answers_nothing()
    {
        var none = default(CatalogEntry);
        Assert.False(none.Exists);
        Assert.Equal(EntryClass.None, none.Class);
        Assert.Equal(string.Empty, none.Name);
        Assert.Null(none.Successor);
        Assert.False(none.IsIn(HaproxyVersion.V3_0) || none.IsLegalIn(SectionKind.Global) || none.CanBeNegated);
        Assert.Same(Signature.Empty, none.Signature);
        Assert.Equal(RuleContexts.None, none.Contexts);
    }

    private static HaproxyCatalog For(string version)
    {
        Assert.True(HaproxyVersion.TryParse(version, out var parsed));
        return HaproxyCatalog.For(parsed);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static List<(string Class, string Name)> Listed(string version) =>
    [
        .. KeywordDump.Read(Path.Combine(Dumps, version + ".txt"))
            .Where(word => word.Class is not ("keyword" or "option" or "filter"))
            .Select(word => (word.Class, word.Name.TrimEnd('*'))),
    ];

    /// <summary>Words that HAProxy lists to refuse them, and the first words of longer names.</summary>
    private static bool IsRefused(CatalogRecord word) => word is { Class: "server", Name: "usesrc" } or { Class: "bind", Name: "process" }
        || (word.Class == "keyword" && (word.Name is "clitimeout" or "contimeout" or "srvtimeout" or "nbproc" or "tune.chksize"
            || HaproxyCatalog.AllVersions.TryFind(EntryClass.Ruleset, Bytes(word.Name), out _)
            || LookUp(word.Name) == LookupStatus.Incomplete));

    private static LookupStatus LookUp(string name) => HaproxyCatalog.AllVersions.FindDirective(SectionKind.Listen, Bytes(name)).Status;

    private static EntryClass ClassOf(CatalogRecord word) => ClassOf(word.Class);

    private static EntryClass ClassOf(string word) => word switch
    {
        "bind" => EntryClass.BindWord,
        "server" => EntryClass.ServerWord,
        "crt-list" => EntryClass.CrtListWord,
        "acl" => EntryClass.AclAlias,
        "cli" => EntryClass.CliCommand,
        _ => Enum.Parse<EntryClass>(word, ignoreCase: true),
    };
}
