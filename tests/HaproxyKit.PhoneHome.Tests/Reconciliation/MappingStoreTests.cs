using System.Net;
using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

public sealed class MappingStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_after_a_restart_gives_what_was_saved()
    {
        var wanted = DesiredMappings.Of([Mapping(80), Mapping(443) with { Nodes = [] }]);
        Open().Save(wanted);
        Assert.Equal(wanted.All, Open().Load().All);
    }

    [Fact]
    public void Load_sees_what_another_process_saved()
    {
        var (one, two) = (Open(), Open());
        Assert.Empty(two.Load().All);
        one.Save(DesiredMappings.Of([Mapping(80)]));
        Assert.Equal(80, Assert.Single(two.Load().All).FrontendPort);
        two.Save(two.Load().Without(80));
        Assert.Empty(one.Load().All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"name":null,"frontendPort":80,"owner":"a","leaseMilliseconds":60000,"sendProxy":"None","nodes":[]}""")]
    [InlineData("""{"name":"a","frontendPort":80,"owner":"a","leaseMilliseconds":60000,"sendProxy":"None","nodes":null}""")]
    [InlineData("""{"name":"a","frontendPort":80,"owner":"a","leaseMilliseconds":60000,"sendProxy":"None","nodes":[null]}""")]
    [InlineData("""{"name":"a b","frontendPort":80,"owner":"a","leaseMilliseconds":60000,"sendProxy":"None","nodes":[]}""")]
    [InlineData("""{"name":"a","frontendPort":80,"owner":"a","leaseMilliseconds":9223372036854775807,"sendProxy":"None","nodes":[]}""")]
    [InlineData("""{"name":"a","frontendPort":80,"owner":"a","leaseMilliseconds":0,"sendProxy":"None","nodes":[]}""")]
    [InlineData("""{"name":"a","frontendPort":443,"owner":"a","leaseMilliseconds":60000,"sendProxy":"None","nodes":[]}""")]
    [InlineData("""{"name":"a","frontendPort":80,"owner":"a","leaseMilliseconds":60000,"sendProxy":"None","nodes":[{"node":null,"address":"x","port":1,"instances":[]}]}""")]
    [InlineData("""{"name":"a","frontendPort":80,"owner":"a","leaseMilliseconds":60000,"sendProxy":"None","nodes":[{"node":"a\nb","address":"127.0.0.1","port":1,"instances":[]}]}""")]
    [InlineData("""{"name":"a","frontendPort":80,"owner":"a","leaseMilliseconds":60000,"sendProxy":"None","nodes":[{"node":null,"address":"127.0.0.1","port":0,"instances":[]}]}""")]
    public void Load_of_a_file_that_somebody_broke_keeps_the_others(string broken)
    {
        Open().Save(DesiredMappings.Of([Mapping(80), Mapping(443)]));
        var lines = File.ReadAllLines(Journal);
        var line = Assert.Single(lines, line => line.Contains("\"frontendPort\":80,"));
        File.WriteAllLines(Journal, lines.Select(other => other != line ? other : broken.StartsWith('{') && broken != "{" ? $$"""{"set":{{broken}}}""" : broken));
        Assert.Equal(443, Assert.Single(Open().Load().All).FrontendPort);
    }

    [Fact]
    public void Load_of_a_journal_that_ends_in_a_torn_batch_gives_what_was_saved_before_and_goes_on()
    {
        Open().Save(DesiredMappings.Of([Mapping(80)]));
        var whole = File.ReadAllBytes(Journal).Length;
        Open().Save(DesiredMappings.Of([Mapping(443), Mapping(8443)]));
        var bytes = File.ReadAllBytes(Journal);
        for (var length = whole; length < bytes.Length - 1; length++)
        {
            File.WriteAllBytes(Journal, bytes[..length]);
            Assert.Equal(80, Assert.Single(Open().Load().All).FrontendPort);
        }

        File.WriteAllBytes(Journal, bytes[..^5]);
        var store = Open();
        store.Save(store.Load().With(Mapping(22)));
        Assert.Equal([22, 80], Open().Load().All.Select(mapping => mapping.FrontendPort));
    }

    [Fact]
    public void Save_of_many_changes_writes_the_journal_anew_and_other_processes_follow()
    {
        var (one, two) = (Open(), Open());
        for (var change = 0; change < 2 * MappingJournal.MinLinesToCompact; change++)
        {
            one.Save(DesiredMappings.Of([Mapping(80) with { Owner = $"team-{change}" }]));
            Assert.Equal($"team-{change}", Assert.Single(two.Load().All).Owner);
        }

        Assert.InRange(File.ReadAllLines(Journal).Count(line => line.Contains("frontendPort")), 1, MappingJournal.MinLinesToCompact);
        Assert.Equal($"team-{(2 * MappingJournal.MinLinesToCompact) - 1}", Assert.Single(Open().Load().All).Owner);
    }

    [Fact]
    public void IsGone_tells_what_was_deleted_until_it_is_wanted_again()
    {
        var store = Open();
        store.Save(DesiredMappings.Of([Mapping(80)]));
        Assert.False(store.IsGone(80));
        store.Save(DesiredMappings.Empty);
        Assert.True(Open().IsGone(80));
        store.Save(DesiredMappings.Of([Mapping(80)]));
        Assert.False(Open().IsGone(80));
    }

    [Fact]
    public void Load_knows_the_settings_and_weights_that_were_saved()
    {
        var settings = new MappingSettings
        {
            BindAddress = IPAddress.Parse("127.0.0.2"),
            Check = new NodeCheck { Kind = HealthCheckKind.Http, Path = "/a?b=c", Interval = TimeSpan.FromMilliseconds(250), Fall = 2 },
            Balance = BalanceMethod.LeastConnections,
            Stickiness = TimeSpan.FromMinutes(10),
            MaxConnections = 7,
            DrainTime = TimeSpan.Zero,
        };
        var mapping = Mapping(80) with { Settings = settings };
        mapping = mapping with { Nodes = [mapping.Nodes[0] with { Weight = 7 }] };
        Open().Save(DesiredMappings.Of([mapping]));
        Assert.Equal([mapping], Open().Load().All);
    }

    [Fact]
    public void Load_of_a_folder_with_a_file_for_each_mapping_takes_them_over_once()
    {
        StateFolder.Open(Path.Combine(_folder.Path, "mappings"));
        var old = """{"name":"web","frontendPort":80,"owner":"team","leaseMilliseconds":60000,"sendProxy":"None","nodes":[{"node":null,"address":"2001:db8::1","port":30080,"instances":["a","b"]}]}""";
        _folder.Write("mappings/80.json", old);
        _folder.Write("mappings/80-copy.json", old);
        Assert.Equal([Mapping(80)], Open().Load().All);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "mappings")));
        Assert.Equal([Mapping(80)], Open().Load().All);
    }

    [Fact]
    public void Constructor_where_no_folder_can_be_says_which_setting_is_wrong()
    {
        var file = _folder.Write("file", "");
        var failure = Assert.Throws<OptionsValidationException>(() => Open(Path.Combine(file, "state")));
        Assert.Contains("PhoneHome:Mappings:StateFolder", failure.Message);
    }

    [Fact]
    public void NoteCall_is_known_to_other_processes_after_one_write_for_all()
    {
        var (one, two) = (Open(), Open());
        one.Save(DesiredMappings.Of([Mapping(80), Mapping(443)]));
        one.NoteCall(80, null);
        one.NoteCall(443, null);
        Assert.True(one.HasNewCalls);
        Assert.Null(two.ReadCalls()(80, null));

        one.SaveCalls();
        Assert.False(one.HasNewCalls);
        var first = two.ReadCalls();
        Assert.NotNull(first(80, null));
        Assert.Equal(first(80, null), first(443, null));

        one.NoteCall(80, null);
        one.SaveCalls();
        Assert.NotEqual(first(80, null), two.ReadCalls()(80, null));
        Assert.Equal(first(443, null), two.ReadCalls()(443, null));
    }

    [Fact]
    public void SaveCalls_that_fails_keeps_the_calls_for_the_next_time()
    {
        var store = Open();
        store.Save(DesiredMappings.Of([Mapping(80)]));
        store.NoteCall(80, null);
        var inTheWay = Path.Combine(_folder.Path, "calls.json");
        Directory.CreateDirectory(inTheWay);
        Assert.ThrowsAny<IOException>(store.SaveCalls);
        Directory.Delete(inTheWay);
        store.SaveCalls();
        Assert.NotNull(Open().ReadCalls()(80, null));
    }

    [Fact]
    public void NoteCall_after_the_mapping_was_gone_has_another_number()
    {
        var store = Open();
        store.Save(DesiredMappings.Of([Mapping(80)]));
        store.NoteCall(80, null);
        var before = store.ReadCalls()(80, null);
        Assert.NotNull(before);
        store.Save(DesiredMappings.Of([Mapping(443)]));
        store.NoteCall(443, null);
        Assert.Null(store.ReadCalls()(80, null));
        store.Save(DesiredMappings.Of([Mapping(80)]));
        store.NoteCall(80, null);
        Assert.NotEqual(before, store.ReadCalls()(80, null));
    }

    [Fact]
    public void ReadCalls_of_a_file_that_somebody_broke_knows_no_call_and_goes_on()
    {
        var store = Open();
        store.Save(DesiredMappings.Of([Mapping(80)]));
        _folder.Write("calls.json", "{");
        Assert.Null(store.ReadCalls()(80, null));
        store.NoteCall(80, null);
        Assert.NotNull(store.ReadCalls()(80, null));
    }

    private string Journal => Path.Combine(_folder.Path, MappingJournal.FileName);

    private static Mapping Mapping(int port) => new()
    {
        Name = "web",
        FrontendPort = port,
        Owner = "team",
        Lease = TimeSpan.FromMinutes(1),
        Nodes = [new MappingNode { Address = IPAddress.Parse("2001:db8::1"), Port = 30080, Instances = ["a", "b"] }],
    };

    private MappingStore Open(string? folder = null) => new(Options.Create(new PhoneHomeOptions { StateFolder = folder ?? _folder.Path }), TimeProvider.System);
}
