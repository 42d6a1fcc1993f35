using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.PhoneHome.Tokens;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Tokens;

/// <summary>Tokens from settings and files, and what becomes of them when those change.</summary>
public sealed class TokenSourceTests
{
    private const string First = "first-secret-of-length";
    private const string Second = "second-secret-of-length";

    [Fact]
    public void Settings_that_change_count_after_an_interval_and_a_token_taken_away_is_gone()
    {
        using var tokens = new KnownTokens(new TokenEntry { Id = "a", Secret = First });

        tokens.Reload([new() { Id = "b", Secret = Second }]);
        Assert.Equal((null, "b"), (tokens.OwnerOf(First), tokens.OwnerOf(Second)));

        tokens.Reload([]);
        Assert.Equal((null, null), (tokens.OwnerOf(First), tokens.OwnerOf(Second)));
        Assert.Contains(tokens.Log.Lines, line => line.Contains("0 are known now", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_that_cannot_be_used_leave_the_former_tokens_and_are_told_once_without_the_secret()
    {
        using var tokens = new KnownTokens(new TokenEntry { Id = "a", Secret = First });

        tokens.Reload([new() { Id = "b", Secret = Second }, new() { Id = "c", Secret = "short-secret" }]);
        tokens.Look();

        Assert.Equal(("a", null), (tokens.OwnerOf(First), tokens.OwnerOf(Second)));
        var told = Assert.Single(tokens.Log.Lines, line => line.Contains("cannot be used", StringComparison.Ordinal));
        Assert.Contains("PhoneHome:Tokens:1 is refused", told);
        Assert.DoesNotContain("short-secret", told);
    }

    [Fact]
    public void A_file_of_JSON_holds_entries_and_is_read_again()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("tokens.json", $$"""
            {
              // who
              "tokens": [
                { "id": "a", "owner": "team", "secret": "{{First}}", "expires": "2030-06-01T13:00:00Z", "frontendPorts": "443",
                  "names": "web-*", "nodeNetworks": "203.0.113.0/24", "actions": "add", "maxMappings": 1, "maxNodes": 2,
                  "newFrontendsPerHour": 3, "requireSignature": false, },
              ]
            }
            """);
        using var tokens = new KnownTokens(options => options.TokenFiles.Add(file));
        var grant = tokens.Validator.Validate(First).Grant;
        Assert.Equal(("a", "team", new TokenQuota(1, 2, 3)), (grant?.TokenId, grant?.Owner, grant?.Quota));

        folder.Write("tokens.json", $$"""{ "tokens": [ { "Id": "b", "Secret": "{{Second}}" } ] }""");
        Assert.Equal(("team", null), (tokens.OwnerOf(First), tokens.OwnerOf(Second)));
        tokens.Look();
        Assert.Equal((null, "b"), (tokens.OwnerOf(First), tokens.OwnerOf(Second)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "tokens": [ null ] }""")]
    [InlineData("""{ "tokens": [ { "id": "b", "secret": "planted-secret-value", "sercet": "x" } ] }""")]
    [InlineData("""{ "tokens": [ { "id": "b", "secret": "planted-secret-value" "x" } ] }""")]
    [InlineData("""{ "tokens": [ { "id": "b", "secret": "planted-secret-value", "secret": "x" } ] }""")]
    [InlineData("""{ "tokens": [ { "id": "b", "secret": "planted-secret-value", "expires": "planted" } ] }""")]
    public void A_broken_file_keeps_the_last_good_tokens_and_says_so(string broken)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("tokens.json", $$"""{ "tokens": [ { "id": "a", "secret": "{{First}}" } ] }""");
        using var tokens = new KnownTokens(options => options.TokenFiles.Add(file));

        folder.Write("tokens.json", broken);
        tokens.Look();
        Assert.Equal("a", tokens.OwnerOf(First));
        var told = Assert.Single(tokens.Log.Lines, line => line.Contains("cannot be used", StringComparison.Ordinal));
        Assert.Contains(file, told);
        Assert.DoesNotContain("planted", told);

        folder.Write("tokens.json", $$"""{ "tokens": [ { "id": "a", "secret": "{{Second}}" } ] }""");
        tokens.Look();
        Assert.Equal((null, "a"), (tokens.OwnerOf(First), tokens.OwnerOf(Second)));
    }

    [Fact]
    public void A_folder_is_read_as_Kubernetes_mounts_a_secret_and_changes_at_once()
    {
        using var folder = new TemporaryFolder();
        var mount = Directory.CreateDirectory(folder.File("mount")).FullName;
        Version("..1", ("cluster-a", First + "\n"), ("more.json", $$"""{ "tokens": [ { "id": "b", "secret": "{{Second}}" } ] }"""));
        Directory.CreateSymbolicLink(Path.Combine(mount, "..data"), "..1");
        File.CreateSymbolicLink(Path.Combine(mount, "cluster-a"), "..data/cluster-a");
        File.CreateSymbolicLink(Path.Combine(mount, "more.json"), "..data/more.json");
        using var tokens = new KnownTokens(options => options.TokenFiles.Add(mount));
        Assert.Equal(("cluster-a", "b"), (tokens.OwnerOf(First), tokens.OwnerOf(Second)));

        Version("..2", ("cluster-c", Second));
        Directory.Delete(Path.Combine(mount, "..data"));
        Directory.CreateSymbolicLink(Path.Combine(mount, "..data"), "..2");
        tokens.Look();
        Assert.Equal((null, "cluster-c"), (tokens.OwnerOf(First), tokens.OwnerOf(Second)));

        void Version(string name, params (string Name, string Text)[] files)
        {
            var version = Directory.CreateDirectory(Path.Combine(mount, name)).FullName;
            Array.ForEach(files, file => File.WriteAllText(Path.Combine(version, file.Name), file.Text));
        }
    }

    [Fact]
    public void Settings_and_files_together_have_each_id_and_each_secret_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a", First);
        folder.Write("other", Second);

        var failure = Assert.Throws<OptionsValidationException>(() => new KnownTokens(options =>
        {
            options.Tokens.Add(new TokenEntry { Id = "a", Secret = Second });
            options.TokenFiles.Add(folder.Path);
        })).Message;

        Assert.Contains($"{folder.File("a")}:Id a is used by an earlier token", failure);
        Assert.Contains($"{folder.File("other")} has the secret of an earlier token", failure);
    }
}
