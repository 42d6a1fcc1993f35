using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeClientPatternTests
{
    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task Maps_are_shown_and_changed_entry_by_entry(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var (client, map) = (haproxy.Client, haproxy.Map);

        var listed = (await client.ShowMapsAsync()).Single(m => m.Path == map);
        Assert.Equal((0L, 0L, 2L), (listed.CurrentVersion, listed.NextVersion, listed.EntryCount));
        Assert.Equal(2, (await client.ShowMapAsync($"#{listed.Id}"))!.Count);
        Assert.Equal([("/", "first"), ("/b", "two words")], await EntriesAsync(client, map));

        Assert.Equal(RuntimeOutcome.Changed, (await client.AddMapEntryAsync(map, "/c", " a;b \\ \"<<\t\u0001\u00e9 ")).Outcome);
        Assert.Equal(("/c", " a;b \\ \"<<\t\u0001\u00e9 "), (await EntriesAsync(client, map))[^1]);
        Assert.Equal(RuntimeOutcome.Changed, (await client.SetMapEntryAsync(map, "/", "second")).Outcome);
        Assert.Equal("second", await HttpProbe.AskAsync(haproxy.Port));
        Assert.Equal(RuntimeOutcome.Changed, (await client.DeleteMapEntryAsync(map, "/")).Outcome);
        Assert.Equal("none", await HttpProbe.AskAsync(haproxy.Port));
        var reference = (await client.ShowMapAsync(map))![0].Reference;
        Assert.Equal(RuntimeOutcome.Changed, (await client.SetMapEntryAsync(map, "#" + reference, "by reference")).Outcome);
        Assert.Equal(("/b", "by reference"), (await EntriesAsync(client, map))[0]);
        Assert.Equal(RuntimeOutcome.Changed, (await client.ClearMapAsync(map)).Outcome);
        Assert.Empty(await EntriesAsync(client, map));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task Map_version_is_used_only_when_it_is_committed(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var (client, map) = (haproxy.Client, haproxy.Map);

        var prepared = await client.PrepareMapAsync(map);
        Assert.Equal(1, prepared.Version);
        Assert.True((await client.AddMapEntryAsync(map, "/", "next", prepared.Version)).IsSuccess);
        Assert.Equal("first", await HttpProbe.AskAsync(haproxy.Port));
        Assert.Equal("next", Assert.Single((await client.ShowMapAsync(map, prepared.Version))!).Value);
        Assert.True((await client.CommitMapAsync(map, prepared.Version!.Value)).IsSuccess);
        Assert.Equal("next", await HttpProbe.AskAsync(haproxy.Port));

        var again = await client.CommitMapAsync(map, prepared.Version.Value);
        Assert.Equal((RuntimeOutcome.Refused, "Version number out of range."), (again.Outcome, again.Message));
        Assert.Equal(RuntimeOutcome.Refused, (await client.AddMapEntryAsync(map, "/", "future", 99)).Outcome);
        Assert.Equal("next", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task ReplaceMapAsync_lookup_never_sees_less_than_a_whole_map(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        using var stop = new CancellationTokenSource();
        var asking = Task.Run(async () =>
        {
            var seen = new HashSet<string?>();
            while (!stop.IsCancellationRequested)
                seen.Add(await HttpProbe.AskAsync(haproxy.Port));
            return seen;
        });

        for (var round = 0; round < 10; round++)
        {
            // More than fits one line, and the key that is asked for comes last.
            var entries = Enumerable.Range(0, 2_000).Select(i => KeyValuePair.Create($"/key{i}", $"value {i};\\"))
                .Append(KeyValuePair.Create("/", $"round{round}"));
            var change = await haproxy.Client.ReplaceMapAsync(haproxy.Map, entries);
            Assert.True(change.IsSuccess, change.Message);
        }

        await stop.CancelAsync();
        Assert.DoesNotContain("none", await asking);
        Assert.DoesNotContain(null, await asking);
        Assert.Equal("round9", await HttpProbe.AskAsync(haproxy.Port));
        var now = await EntriesAsync(haproxy.Client, haproxy.Map);
        Assert.Equal((2_001, ("/key1999", "value 1999;\\")), (now.Count, now[1_999]));
        await Eventually.EqualAsync(
            2_001L, async () => (await haproxy.Client.ShowMapsAsync()).Single(m => m.Path == haproxy.Map).EntryCount, "entries of all versions");
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task ReplaceMapAsync_entry_that_is_refused_leaves_the_map_as_it_was(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var map = haproxy.AddressMap;

        var change = await haproxy.Client.ReplaceMapAsync(map, new Dictionary<string, string> { ["192.0.2.0/24"] = "a", ["nowhere"] = "b" });
        var unknown = await haproxy.Client.ReplaceMapAsync("/none.map", []);

        Assert.Equal(RuntimeOutcome.Refused, change.Outcome);
        Assert.StartsWith("entry 2: ", change.Message);
        Assert.Equal([("10.0.0.0/8", "ten")], await EntriesAsync(haproxy.Client, map));
        Assert.Empty((await haproxy.Client.ShowMapAsync(map, version: 1))!);
        Assert.Equal(RuntimeOutcome.NotFound, unknown.Outcome);
        Assert.True((await haproxy.Client.ReplaceMapAsync(map, [])).IsSuccess);
        Assert.Empty(await EntriesAsync(haproxy.Client, map));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task Acl_files_are_shown_changed_and_replaced(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var (client, acl) = (haproxy.Client, haproxy.Acl);

        Assert.Contains(await client.ShowAclsAsync(), a => a.Path == acl && a.EntryCount == 1);
        Assert.Equal("/denied", Assert.Single((await client.ShowAclAsync(acl))!).Key);
        Assert.Equal("first", await HttpProbe.AskAsync(haproxy.Port));
        Assert.True((await client.AddAclPatternAsync(acl, "/")).IsSuccess);
        Assert.Null(await HttpProbe.AskAsync(haproxy.Port));
        Assert.True((await client.AddAclPatternAsync(acl, "/with blanks ;")).IsSuccess);
        Assert.Equal("/with blanks ;", (await client.ShowAclAsync(acl))![^1].Key);
        Assert.True((await client.DeleteAclPatternAsync(acl, "/")).IsSuccess);
        Assert.Equal("first", await HttpProbe.AskAsync(haproxy.Port));
        Assert.Equal(RuntimeOutcome.NotFound, (await client.DeleteAclPatternAsync(acl, "/")).Outcome);
        Assert.True((await client.ReplaceAclAsync(acl, ["/x", "/"])).IsSuccess);
        Assert.Null(await HttpProbe.AskAsync(haproxy.Port));
        var version = (await client.PrepareAclAsync(acl)).Version!.Value;
        Assert.True((await client.AddAclPatternAsync(acl, "/y", version)).IsSuccess);
        Assert.True((await client.ClearAclAsync(acl, version)).IsSuccess);
        Assert.True((await client.CommitAclAsync(acl, version)).IsSuccess);
        Assert.Equal("first", await HttpProbe.AskAsync(haproxy.Port));
    }

    [Theory]
    [MemberData(nameof(RuntimeHaproxy.Branches), MemberType = typeof(RuntimeHaproxy))]
    public async Task Patterns_what_is_not_there_is_not_found(string branch)
    {
        await using var haproxy = await CommandedHaproxy.StartAsync(branch);
        var client = haproxy.Client;

        Assert.Null(await client.ShowMapAsync("/none.map"));
        Assert.Null(await client.ShowAclAsync("/none.acl"));
        Assert.Equal(RuntimeOutcome.NotFound, (await client.AddMapEntryAsync("/none.map", "a", "b")).Outcome);
        Assert.Equal(RuntimeOutcome.NotFound, (await client.SetMapEntryAsync(haproxy.Map, "/none", "b")).Outcome);
        Assert.Equal(RuntimeOutcome.NotFound, (await client.DeleteMapEntryAsync(haproxy.Map, "/none")).Outcome);
        Assert.Equal(RuntimeOutcome.NotFound, (await client.ClearMapAsync("/none.map")).Outcome);
        Assert.Equal((RuntimeOutcome.NotFound, null), ((await client.PrepareMapAsync("/none.map")).Answer.Outcome, (await client.PrepareMapAsync("/none.map")).Version));
        Assert.Equal(RuntimeOutcome.NotFound, (await client.CommitMapAsync("/none.map", 1)).Outcome);
        Assert.Equal(RuntimeOutcome.NotFound, (await client.AddAclPatternAsync("/none.acl", "b")).Outcome);
    }

    [Fact]
    public async Task Patterns_caller_s_mistake_is_refused_before_anything_is_sent()
    {
        await using var fake = FakeRuntimeSocket.Answering("\n");
        var client = fake.Client();

        foreach (var wrong in new Func<Task>[]
        {
            () => client.AddMapEntryAsync("@1", "a", "b"),
            () => client.AddMapEntryAsync("#x", "a", "b"),
            () => client.AddMapEntryAsync("", "a", "b"),
            () => client.AddMapEntryAsync("/m", "a b", "c"),
            () => client.AddMapEntryAsync("/m", "a\tb", "c"),
            () => client.AddMapEntryAsync("/m", "#a", "c"),
            () => client.AddMapEntryAsync("/m", "a", ""),
            () => client.AddMapEntryAsync("/m", "a", "b\nclear map /m"),
            () => client.AddMapEntryAsync("/m", "a", "b", -1),
            () => client.SetMapEntryAsync("/m", "#0xg", "b"),
            () => client.DeleteMapEntryAsync("/m", ""),
            () => client.AddAclPatternAsync("/m", "a\0"),
            () => client.ReplaceMapAsync("/m", [KeyValuePair.Create("a", "b"), KeyValuePair.Create("c", "d\n")]),
            () => client.ReplaceAclAsync("/m", ["a", "#b"]),
            () => client.ShowMapAsync("@1"),
        })
            await Assert.ThrowsAnyAsync<ArgumentException>(wrong);

        Assert.Equal(0, fake.Connections);
    }

    [Theory]
    [InlineData("Permission denied\n\n", RuntimeOutcome.PermissionDenied)]
    [InlineData("Unknown command: 'add map'\n\n", RuntimeOutcome.Unsupported)]
    [InlineData("unable to parse '300.1.1.1'.\n\n", RuntimeOutcome.Refused)]
    [InlineData("done\n\n", RuntimeOutcome.Refused)]
    [InlineData("\n", RuntimeOutcome.Changed)]
    public async Task AddMapEntryAsync_answers_are_judged(string answer, RuntimeOutcome outcome)
    {
        await using var fake = FakeRuntimeSocket.Answering(answer);

        Assert.Equal(outcome, (await fake.Client().AddMapEntryAsync("/m", "a", "b c")).Outcome);
        Assert.Equal(["add map /m a b\\ c\n"], fake.Lines);
    }

    [Theory]
    [InlineData("a b c\n\n")]
    [InlineData("0x12\n\n")]
    [InlineData("# id (file) description\nnothing\n\n")]
    public async Task Show_of_something_else_is_unexpected(string answer)
    {
        await using var fake = FakeRuntimeSocket.Answering(answer);
        var client = fake.Client();

        Assert.Equal(RuntimeFault.Unexpected, (await Assert.ThrowsAsync<RuntimeException>(() => client.ShowMapAsync("/m"))).Fault);
        Assert.Equal(RuntimeFault.Unexpected, (await Assert.ThrowsAsync<RuntimeException>(() => client.ShowMapsAsync())).Fault);
    }

    private static async Task<List<(string Key, string Value)>> EntriesAsync(RuntimeClient client, string map) =>
        [.. (await client.ShowMapAsync(map))!.Select(e => (e.Key, e.Value))];
}
