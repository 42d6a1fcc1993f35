using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.PhoneHome.Tokens;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Tokens;

/// <summary>Each file of tokens is judged for itself: what is gone is revoked, what is broken keeps what it said.</summary>
public sealed class TokenFileTests : IDisposable
{
    private const string First = "first-secret-of-length";
    private const string Second = "second-secret-of-length";
    private const string Third = "third-secret-of-length";
    private const string Fourth = "fourth-secret-of-length";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_that_is_taken_out_of_a_folder_is_revoked_at_the_next_look_and_the_others_stay()
    {
        using var tokens = Folder(("a", First), ("b.json", Json("b", Second)), ("c", Third));

        File.Delete(PathOf("a"));
        tokens.Look();
        Assert.Equal([null, "b", "c"], OwnersOf(tokens, First, Second, Third));
        Assert.Contains(tokens.Log.Lines, line => line.Contains($"{PathOf("a")} is gone", StringComparison.Ordinal));

        File.Delete(PathOf("b.json"));
        tokens.Look();
        Assert.Equal([null, null, "c"], OwnersOf(tokens, First, Second, Third));
        Assert.Empty(tokens.Alarms.Current);
    }

    [Theory]
    [InlineData("a", First, "planted")]
    [InlineData("a", First, "planted secret with blanks")]
    [InlineData("a.json", "", """{ "tokens": [ { "id": "a", "secret": "planted-secret-value" """)]
    public void File_that_is_broken_keeps_what_it_said_with_an_alarm_and_holds_no_other_up(string name, string good, string broken)
    {
        using var tokens = Folder((name, good.Length > 0 ? good : Json("a", First)), ("b", Second), ("c", Third));

        _folder.Write($"tokens/{name}", broken);
        _folder.Write("tokens/b", Fourth);
        File.Delete(PathOf("c"));
        tokens.Look();
        tokens.Look();

        Assert.Equal(["a", null, null, "b"], OwnersOf(tokens, First, Second, Third, Fourth));
        var alarm = Assert.Single(tokens.Alarms.Current);
        var told = Assert.Single(tokens.Log.Lines, line => line.Contains("cannot be used", StringComparison.Ordinal));
        Assert.Equal(DiagnosticIds.TokensKept, alarm.Diagnostic.Id);
        Assert.All([alarm.Diagnostic.Message, told], text => Assert.Contains(PathOf(name), text));
        Assert.All(tokens.Log.Lines.Append(alarm.Diagnostic.Message), text => Assert.DoesNotContain("planted", text));

        _folder.Write($"tokens/{name}", good.Length > 0 ? Third : Json("a", Third));
        tokens.Look();
        Assert.Equal([null, "a"], OwnersOf(tokens, First, Third));
        Assert.Empty(tokens.Alarms.Current);
    }

    [Fact]
    public void File_that_is_new_and_broken_gives_nothing_and_is_told()
    {
        using var tokens = Folder(("a", First));
        _folder.Write("tokens/b", "short");
        _folder.Write("tokens/c", Third);
        tokens.Look();

        Assert.Equal(["a", "c"], OwnersOf(tokens, First, Third));
        Assert.Contains(PathOf("b"), Assert.Single(tokens.Alarms.Current).Diagnostic.Message);

        File.Delete(PathOf("b"));
        tokens.Look();
        Assert.Empty(tokens.Alarms.Current);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("no folder")]
    [InlineData("too many files")]
    public void Folder_that_is_gone_or_cannot_be_read_keeps_what_was_with_an_alarm(string how)
    {
        using var tokens = Folder(("a", First), ("b", Second));
        var (path, aside) = (_folder.File("tokens"), _folder.File("aside"));
        Directory.Move(path, aside);
        switch (how)
        {
            case "no folder":
                File.WriteAllText(path, Third);
                break;
            case "too many files":
                Directory.CreateDirectory(path);
                foreach (var number in Enumerable.Range(0, 4097))
                {
                    File.WriteAllText(Path.Combine(path, $"t{number}"), Third);
                }

                break;
        }

        tokens.Look();
        tokens.Look();
        Assert.Equal(["a", "b", null], OwnersOf(tokens, First, Second, Third));
        Assert.Contains(path, Assert.Single(tokens.Alarms.Current).Diagnostic.Message);

        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }

        Directory.Move(aside, path);
        File.Delete(PathOf("a"));
        tokens.Look();
        Assert.Equal([null, "b"], OwnersOf(tokens, First, Second));
        Assert.Empty(tokens.Alarms.Current);
    }

    [Fact]
    public void Folder_that_is_empty_means_that_all_of_it_were_revoked()
    {
        using var tokens = Folder(("a", First), ("b", Second));
        tokens.Configure += options => options.Tokens.Add(new TokenEntry { Id = "c", Secret = Third });
        tokens.Reload();

        File.Delete(PathOf("a"));
        File.Delete(PathOf("b"));
        tokens.Look();

        Assert.Equal([null, null, "c"], OwnersOf(tokens, First, Second, Third));
        Assert.Contains(tokens.Log.Lines, line => line.Contains($"{PathOf("b")} is gone", StringComparison.Ordinal));
        Assert.Empty(tokens.Alarms.Current);
    }

    [Fact]
    public void Last_tokens_that_are_taken_away_are_revoked_too_with_an_alarm_until_there_is_one_again()
    {
        using var tokens = Folder(("a", First));
        File.Delete(PathOf("a"));
        tokens.Look();
        Assert.Null(tokens.OwnerOf(First));
        Assert.Equal(DiagnosticIds.NoToken, Assert.Single(tokens.Alarms.Current).Diagnostic.Id);

        _folder.Write("tokens/b", Second);
        tokens.Look();
        Assert.Equal([null, "b"], OwnersOf(tokens, First, Second));
        Assert.Empty(tokens.Alarms.Current);
    }

    [Fact]
    public void Mounted_secret_that_loses_a_key_revokes_it_and_a_mount_that_is_away_keeps_all()
    {
        var mount = Directory.CreateDirectory(_folder.File("mount")).FullName;
        Swap("..1", ("a", First), ("b", Second));
        File.CreateSymbolicLink(Path.Combine(mount, "a"), "..data/a");
        File.CreateSymbolicLink(Path.Combine(mount, "b"), "..data/b");
        using var tokens = new KnownTokens(options => options.TokenFiles.Add(mount));

        // The link of the key that is gone may still stand there.
        Swap("..2", ("b", Second));
        tokens.Look();
        Assert.Equal([null, "b"], OwnersOf(tokens, First, Second));

        // The target is gone, then the link too, then all that is mounted: an empty mount point is left.
        Directory.Move(Path.Combine(mount, "..2"), _folder.File("away"));
        IsKept();
        File.Delete(Path.Combine(mount, "..data"));
        IsKept();
        File.Delete(Path.Combine(mount, "a"));
        File.Delete(Path.Combine(mount, "b"));
        Directory.Delete(Path.Combine(mount, "..1"), recursive: true);
        IsKept();

        Swap("..3", ("c", Third));
        tokens.Look();
        Assert.Equal([null, "c"], OwnersOf(tokens, Second, Third));
        Assert.Empty(tokens.Alarms.Current);

        // A secret without a key is no mount that is away.
        Swap("..4");
        tokens.Look();
        Assert.Null(tokens.OwnerOf(Third));

        void IsKept()
        {
            tokens.Look();
            Assert.Equal("b", tokens.OwnerOf(Second));
            Assert.Contains(mount, Assert.Single(tokens.Alarms.Current).Diagnostic.Message);
        }

        void Swap(string name, params (string Name, string Text)[] files)
        {
            var version = Directory.CreateDirectory(Path.Combine(mount, name)).FullName;
            Array.ForEach(files, file => File.WriteAllText(Path.Combine(version, file.Name), file.Text));
            var data = new DirectoryInfo(Path.Combine(mount, "..data"));
            if (data.LinkTarget is not null)
            {
                data.Delete();
            }

            Directory.CreateSymbolicLink(data.FullName, name);
        }
    }

    [Fact]
    public void File_that_settings_name_is_revoked_when_it_is_gone_and_kept_when_its_folder_is()
    {
        var file = _folder.Write("tokens/list.json", Json("a", First));
        using var tokens = new KnownTokens(options =>
        {
            options.TokenFiles.Add(file);
            options.Tokens.Add(new TokenEntry { Id = "b", Secret = Second });
        });

        Directory.Move(_folder.File("tokens"), _folder.File("aside"));
        tokens.Look();
        Assert.Equal(["a", "b"], OwnersOf(tokens, First, Second));
        Assert.Contains(file, Assert.Single(tokens.Alarms.Current).Diagnostic.Message);

        Directory.Move(_folder.File("aside"), _folder.File("tokens"));
        tokens.Look();
        Assert.Empty(tokens.Alarms.Current);

        File.Delete(file);
        tokens.Look();
        Assert.Equal([null, "b"], OwnersOf(tokens, First, Second));

        // The settings name it still: so the webhook would not start.
        Assert.Contains(file, Assert.Single(tokens.Alarms.Current).Diagnostic.Message);
    }

    [Fact]
    public void Secret_file_of_an_entry_is_judged_like_any_other_and_holds_no_other_entry_up()
    {
        var (a, b) = (_folder.Write("a", First), _folder.Write("b", Second));
        using var tokens = new KnownTokens(options =>
        {
            options.Tokens.Add(new TokenEntry { Id = "a", SecretFile = a });
            options.Tokens.Add(new TokenEntry { Id = "b", SecretFile = b });
        });

        _folder.Write("a", "short");
        _folder.Write("b", Third);
        tokens.Look();
        Assert.Equal(["a", null, "b"], OwnersOf(tokens, First, Second, Third));
        Assert.Contains(a, Assert.Single(tokens.Alarms.Current).Diagnostic.Message);

        File.Delete(a);
        tokens.Look();
        Assert.Equal([null, "b"], OwnersOf(tokens, First, Third));
    }

    [Fact]
    public void Secret_file_in_a_mount_that_is_away_keeps_its_token()
    {
        _folder.Write("mount/..1/a", First);
        Directory.CreateSymbolicLink(_folder.File("mount/..data"), "..1");
        File.CreateSymbolicLink(_folder.File("mount/a"), "..data/a");
        using var tokens = new KnownTokens(new TokenEntry { Id = "a", SecretFile = _folder.File("mount/a") });
        tokens.Look();

        Directory.Delete(_folder.File("mount"), recursive: true);
        Directory.CreateDirectory(_folder.File("mount"));
        tokens.Look();
        Assert.Equal("a", tokens.OwnerOf(First));
        Assert.Single(tokens.Alarms.Current);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a\0b")]
    public void Path_that_can_be_no_file_is_refused_at_the_start(string path)
    {
        Assert.Throws<OptionsValidationException>(() => new KnownTokens(new TokenEntry { Id = "a", SecretFile = path }));
        Assert.Throws<OptionsValidationException>(() => new KnownTokens(options => options.TokenFiles.Add(path)));
    }

    [Fact]
    public void Validator_of_a_host_with_an_alarm_board_raises_its_alarms_there()
    {
        _folder.Write("tokens/a", First);
        var clock = new SteppedClock();
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(new AlarmBoard())
            .AddPhoneHomeAccess()
            .Configure<PhoneHomeTokenOptions>(options => options.TokenFiles.Add(_folder.File("tokens")))
            .BuildServiceProvider();
        var validator = services.GetRequiredService<TokenValidator>();
        File.Delete(PathOf("a"));
        clock.Step(TokenSource.LookInterval);
        Assert.Null(validator.Validate(First).Grant);
        Assert.Equal(DiagnosticIds.NoToken, Assert.Single(services.GetRequiredService<AlarmBoard>().Current).Diagnostic.Id);
    }

    [Fact]
    public void File_that_takes_the_id_or_the_secret_of_another_is_refused_and_who_had_it_stays()
    {
        using var tokens = Folder(("b.json", Json("b", First)), ("c", Second));
        _folder.Write("tokens/a", First);
        _folder.Write("tokens/a.json", Json("c", Third));
        tokens.Look();

        Assert.Equal(["b", "c", null], OwnersOf(tokens, First, Second, Third));
        Assert.Equal(2, tokens.Alarms.Current.Count);

        File.Delete(PathOf("b.json"));
        File.Delete(PathOf("c"));
        tokens.Look();
        Assert.Equal(["a", null, "c"], OwnersOf(tokens, First, Second, Third));
        Assert.Empty(tokens.Alarms.Current);
    }

    [Fact]
    public void Settings_that_are_broken_keep_theirs_and_hold_no_file_up()
    {
        using var tokens = Folder(("a", First));
        var path = _folder.File("tokens");
        tokens.Configure += options => options.Tokens.Add(new TokenEntry { Id = "s", Secret = Second });
        tokens.Reload();
        tokens.Configure = options =>
        {
            options.TokenFiles.Add(path);
            options.Tokens.Add(new TokenEntry { Id = "s", Secret = "short" });
        };
        _folder.Write("tokens/a", Third);
        tokens.Reload();

        Assert.Equal([null, "s", "a"], OwnersOf(tokens, First, Second, Third));
        Assert.Single(tokens.Alarms.Current);
    }

    private static string Json(string id, string secret) => $$"""{ "tokens": [ { "id": "{{id}}", "secret": "{{secret}}" } ] }""";

    private static IEnumerable<string?> OwnersOf(KnownTokens tokens, params string[] secrets) => secrets.Select(tokens.OwnerOf);

    private string PathOf(string name) => _folder.File($"tokens/{name}");

    private KnownTokens Folder(params (string Name, string Text)[] files)
    {
        Array.ForEach(files, file => _folder.Write($"tokens/{file.Name}", file.Text));
        var path = _folder.File("tokens");
        return new KnownTokens(options => options.TokenFiles.Add(path));
    }
}
