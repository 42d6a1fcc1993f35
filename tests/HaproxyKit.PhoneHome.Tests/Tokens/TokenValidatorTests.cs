using System.Security.Cryptography;
using System.Text;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.PhoneHome.Tokens;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Tokens;

public sealed class TokenValidatorTests
{
    private const string Secret = "correct-horse-battery";
    private const string Other = "another-secret-of-length";

    [Fact]
    public void Validate_a_known_token_gives_its_owner()
    {
        using var tokens = new KnownTokens(new() { Id = "a", Secret = Secret }, new TokenEntry { Id = "b", Secret = Other });

        Assert.Equal("a", tokens.OwnerOf(Secret));
        Assert.Equal("b", tokens.OwnerOf(Other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("correct-horse-batter")]
    [InlineData("correct-horse-battery2")]
    [InlineData("Correct-horse-battery")]
    [InlineData("correct-horse-battery ")]
    [InlineData("wrong")]
    [InlineData("\ud800")]
    public void Validate_anything_else_gives_nothing(string presented)
    {
        using var tokens = new KnownTokens(new() { Id = "a", Secret = Secret }, new TokenEntry { Id = "b", Secret = Other });

        Assert.Equal(default, tokens.Validator.Validate(presented));
    }

    [Fact]
    public void Validate_a_text_of_a_megabyte_gives_nothing()
    {
        using var tokens = new KnownTokens(new TokenEntry { Id = "a", Secret = Secret });

        Assert.Equal(default, tokens.Validator.Validate(new string('x', 1 << 20)));
    }

    [Fact]
    public void Validate_a_token_configured_by_hash_or_file_is_known()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("token", Other + "\n");
        using var tokens = new KnownTokens(
            new() { Id = "hash", Sha256 = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Secret))) },
            new TokenEntry { Id = "file", SecretFile = file });

        Assert.Equal("hash", tokens.OwnerOf(Secret));
        Assert.Equal("file", tokens.OwnerOf(Other));
    }

    [Fact]
    public void Validate_the_hash_itself_is_no_token()
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Secret)));
        using var tokens = new KnownTokens(new TokenEntry { Id = "a", Sha256 = hash });

        Assert.Null(tokens.OwnerOf(hash));
    }

    [Fact]
    public void Options_without_tokens_are_refused() => Assert.Contains("is empty", Failure());

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("fifteen-letters")]
    [InlineData("has a blank in the middle")]
    [InlineData("umlaut-ä-is-not-ascii")]
    public void Options_with_a_secret_that_is_no_secret_are_refused_without_showing_it(string secret)
    {
        var failure = Failure(new TokenEntry { Id = "a", Secret = secret });

        Assert.Contains("PhoneHome:Tokens:0 is refused", failure);
        Assert.True(secret.Length == 0 || !failure.Contains(secret), failure);
    }

    [Fact]
    public void Options_with_several_mistakes_name_them_all()
    {
        using var folder = new TemporaryFolder();
        var failure = Failure(
            new() { Id = "a b", Secret = Secret },
            new() { Id = "a", Secret = Secret },
            new() { Id = "a", Secret = Other },
            new() { Id = "d" },
            new() { Id = "e", Secret = Other, Sha256 = "x" },
            new() { Id = "f", Sha256 = "x" },
            new() { Id = "g", SecretFile = folder.File("missing") },
            new() { Id = "h", SecretFile = folder.Write("empty", "\n") },
            new() { Id = "i", Sha256 = new string('0', 64), RequireSignature = true },
            new() { Id = "j", Owner = "a b", Sha256 = new string('1', 64), MaxNodes = -1, FrontendPorts = "0" },
            new() { Id = "k", Sha256 = new string('2', 64), Names = "a b", NodeNetworks = "10.0.0.1/8", Actions = "sing" },
            new() { Id = "l", Sha256 = new string('3', 64), NotBefore = SteppedClock.Start, Expires = SteppedClock.Start, Names = "" });

        foreach (var expected in new[]
        {
            "Tokens:0:Id must be", "Tokens:1 has the secret of an earlier", "Tokens:2:Id a is used", "Tokens:3 needs exactly one",
            "Tokens:4 needs exactly one", "Tokens:5 has a Sha256", "Tokens:6 has a SecretFile that cannot be read",
            "Tokens:7 is refused", "Tokens:8 has RequireSignature and no", "Tokens:9:Owner must be", "Tokens:9 has a MaxNodes",
            "Tokens:9 FrontendPorts has '0'", "Tokens:10 Names has 'a b'", "Tokens:10 NodeNetworks has '10.0.0.1/8'",
            "Tokens:10 Actions has 'sing'", "Tokens:11 has an Expires", "Tokens:11 Names is empty",
        })
        {
            Assert.Contains(expected, failure);
        }
    }

    [Fact]
    public void Validate_a_token_counts_from_its_beginning_and_not_from_its_end_on()
    {
        using var tokens = new KnownTokens(new TokenEntry
        {
            Id = "a",
            Secret = Secret,
            NotBefore = SteppedClock.Start.AddMinutes(1),
            Expires = SteppedClock.Start.AddMinutes(2),
        });

        Assert.Null(tokens.OwnerOf(Secret));
        tokens.Clock.Step(TimeSpan.FromMinutes(1));
        Assert.Equal("a", tokens.OwnerOf(Secret));
        tokens.Clock.Step(TimeSpan.FromSeconds(59));
        Assert.Equal("a", tokens.OwnerOf(Secret));
        tokens.Clock.Step(TimeSpan.FromSeconds(1));
        Assert.Equal(default, tokens.Validator.Validate(Secret));
    }

    [Fact]
    public void Validate_two_tokens_of_one_owner_are_one_owner()
    {
        using var tokens = new KnownTokens(
            new() { Id = "old", Owner = "cluster", Secret = Secret },
            new TokenEntry { Id = "new", Owner = "cluster", Secret = Other });

        Assert.Equal("cluster", tokens.OwnerOf(Secret));
        Assert.Equal("cluster", tokens.OwnerOf(Other));
        Assert.Equal(["old", "new"], new[] { Secret, Other }.Select(secret => tokens.Validator.Validate(secret).Grant?.TokenId));
    }

    [Fact]
    public void Validate_costs_the_same_comparisons_whichever_token_fits_and_where_none_does()
    {
        const int Count = 20;
        using var tokens = new KnownTokens([.. Enumerable.Range(0, Count).Select(i => new TokenEntry
        {
            Id = $"t{i}",
            Secret = $"secret-of-token-{i:00}",
            Expires = i == 7 ? SteppedClock.Start : null,
            RequireSignature = i == 8,
        })]);
        string[] presented = ["secret-of-token-00", "secret-of-token-07", "secret-of-token-08", "secret-of-token-19", "wrong", ""];

        Assert.All(presented, text =>
        {
            var before = tokens.Comparisons;
            _ = tokens.Validator.Validate(text);
            Assert.Equal(Count, tokens.Comparisons - before);
        });
    }

    [Fact]
    public void Validate_a_token_for_signed_calls_alone_is_refused_with_the_reason()
    {
        using var tokens = new KnownTokens(new TokenEntry { Id = "a", Secret = Secret, RequireSignature = true });

        Assert.Equal(new TokenVerdict(null, "this token is taken in signed calls alone"), tokens.Validator.Validate(Secret));
    }

    private static string Failure(params TokenEntry[] entries) =>
        Assert.Throws<OptionsValidationException>(() => new KnownTokens(entries)).Message;
}
