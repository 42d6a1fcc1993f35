using System.Security.Cryptography;
using System.Text;
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
        var tokens = Tokens(new() { Id = "a", Secret = Secret }, new() { Id = "b", Secret = Other });

        Assert.Equal("a", tokens.Validate(Secret)?.Owner);
        Assert.Equal("b", tokens.Validate(Other)?.Owner);
    }

    [Theory]
    [InlineData("")]
    [InlineData("correct-horse-batter")]
    [InlineData("correct-horse-battery2")]
    [InlineData("Correct-horse-battery")]
    [InlineData("correct-horse-battery ")]
    [InlineData("wrong")]
    [InlineData("\ud800")]
    public void Validate_anything_else_gives_nothing(string presented) =>
        Assert.Null(Tokens(new() { Id = "a", Secret = Secret }, new() { Id = "b", Secret = Other }).Validate(presented));

    [Fact]
    public void Validate_a_text_of_a_megabyte_gives_nothing() =>
        Assert.Null(Tokens(new TokenEntry { Id = "a", Secret = Secret }).Validate(new string('x', 1 << 20)));

    [Fact]
    public void Validate_a_token_configured_by_hash_or_file_is_known()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("token", Other + "\n");
        var tokens = Tokens(
            new() { Id = "hash", Sha256 = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Secret))) },
            new() { Id = "file", SecretFile = file });

        Assert.Equal("hash", tokens.Validate(Secret)?.Owner);
        Assert.Equal("file", tokens.Validate(Other)?.Owner);
    }

    [Fact]
    public void Validate_the_hash_itself_is_no_token()
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Secret)));

        Assert.Null(Tokens(new TokenEntry { Id = "a", Sha256 = hash }).Validate(hash));
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
            new() { Id = "h", SecretFile = folder.Write("empty", "\n") });

        foreach (var expected in new[]
        {
            "Tokens:0:Id must be", "Tokens:1 has the secret of an earlier", "Tokens:2:Id a is used", "Tokens:3 needs exactly one",
            "Tokens:4 needs exactly one", "Tokens:5 has a Sha256", "Tokens:6 has a SecretFile that cannot be read",
            "Tokens:7 is refused",
        })
        {
            Assert.Contains(expected, failure);
        }
    }

    private static PhoneHomeTokenOptions Configured(params TokenEntry[] entries)
    {
        var options = new PhoneHomeTokenOptions();
        foreach (var entry in entries)
        {
            options.Tokens.Add(entry);
        }

        return options;
    }

    private static TokenValidator Tokens(params TokenEntry[] entries) =>
        new(Options.Create(Configured(entries)));

    private static string Failure(params TokenEntry[] entries)
    {
        var result = new PhoneHomeTokenOptionsValidator().Validate(null, Configured(entries));
        Assert.True(result.Failed);
        return result.FailureMessage;
    }
}
