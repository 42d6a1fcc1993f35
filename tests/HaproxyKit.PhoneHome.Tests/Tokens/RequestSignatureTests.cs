using System.Globalization;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.PhoneHome.Tokens;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Tokens;

/// <summary>Signed calls (rule 21): what was signed, for this balancer, not long ago, and nothing else.</summary>
public sealed class RequestSignatureTests
{
    private const string Secret = "planted-secret-to-sign-with";
    private const string Origin = "https://lb.example.org:9000";
    private const string Target = "/v1/phone-home";

    private static readonly byte[] Body = """{"name":"a"}"""u8.ToArray();

    /// <summary>Made with openssl, so that no other program need agree with us by chance.</summary>
    [Fact]
    public void KeyOf_and_Sign_are_what_openssl_makes()
    {
        Assert.Equal(
            "7d6fcc3aa691df13fee0a33485f36dc01c37ded0882922e03965af555ebda62e", Convert.ToHexStringLower(RequestSignature.KeyOf(Secret)));
        Assert.Equal(
            "861f37fe9e46931ea1af972b0eab428301dffb1cf21b8bc1199714cb798327ae",
            RequestSignature.Sign(RequestSignature.KeyOf(Secret), new Uri(Origin), "POST", Target, "1900000000000", "node-1", Body));
    }

    [Fact]
    public void Validate_a_call_as_it_was_signed_grants_what_the_token_grants_with_its_time()
    {
        using var tokens = Tokens();

        var verdict = tokens.Validator.Validate(Signed());

        Assert.Equal(("t", "o"), (verdict.Grant?.TokenId, verdict.Grant?.Owner));
        Assert.Equal(SteppedClock.Start, verdict.Grant?.SignedAt);
    }

    [Fact]
    public void Validate_a_call_in_which_anything_differs_from_what_was_signed_grants_nothing()
    {
        using var tokens = Tokens();
        var call = Signed();
        SignedCall[] altered =
        [
            call with { Method = "PUT" },
            call with { Target = "/v1/phone-home?dry-run=true" },
            call with { Target = "/hooks/update-haproxy" },
            call with { Node = "node-2" },
            call with { Node = null },
            call with { Body = """{"name":"b"}"""u8.ToArray() },
            call with { Body = default },
            call with { Timestamp = Text(SteppedClock.Start.AddMilliseconds(1)) },
            call with { Timestamp = call.Timestamp + " " },
            call with { Timestamp = "0" + call.Timestamp },
            call with { TokenId = "other" },
            call with { TokenId = "unknown" },
            call with { TokenId = "" },
            call with { Signature = "" },
            call with { Signature = call.Signature[..62] },
            call with { Signature = call.Signature + "00" },
            call with { Signature = new string('0', 64) },
            call with { Signature = new string('x', 64) },
            call with { Method = "POST\nhttps\nlb.example.org:9000\n" },
            Signed(origin: "http://lb.example.org:9000"),
            Signed(origin: "https://lb.example.org"),
            Signed(origin: "https://lb2.example.org:9000"),
        ];

        Assert.All(altered, one => Assert.Equal(default, tokens.Validator.Validate(one)));
        Assert.NotNull(tokens.Validator.Validate(call with { Signature = call.Signature.ToUpperInvariant() }).Grant);
    }

    [Fact]
    public void Validate_without_a_name_of_this_balancer_nothing_is_signed_for_it()
    {
        using var tokens = Tokens([]);

        Assert.Equal(default, tokens.Validator.Validate(Signed()));
    }

    [Fact]
    public void Validate_each_name_of_this_balancer_may_be_signed_for()
    {
        using var tokens = Tokens([Origin, "https://LB.example.org", "http://[2001:DB8::1]:80"]);

        Assert.NotNull(tokens.Validator.Validate(Signed()).Grant);
        Assert.NotNull(tokens.Validator.Validate(Signed(origin: "https://lb.example.org:443/")).Grant);
        Assert.NotNull(tokens.Validator.Validate(Signed(origin: "http://[2001:db8::1]")).Grant);
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void Validate_a_clock_may_differ_by_five_minutes(int seconds, bool isTaken)
    {
        using var tokens = Tokens();

        var verdict = tokens.Validator.Validate(Signed(at: SteppedClock.Start.AddSeconds(seconds)));

        Assert.Equal(isTaken, verdict.Grant is not null);
        Assert.Equal(isTaken, verdict.Problem is null);
        Assert.True(isTaken || verdict.Problem!.Contains("the clock here says 2030-06-01 12:00:00Z", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_a_hash_alone_signs_nothing_and_a_key_alone_is_no_token()
    {
        var made = TokenSecret.TryRead(new TokenEntry { Secret = Secret }, out _)!;
        var (hash, key) = (Convert.ToHexString(made.Hash!), Convert.ToHexString(made.SigningKey!));
        using var byHash = Tokens([Origin], new TokenEntry { Id = "t", Sha256 = hash });
        using var byKey = Tokens([Origin], new TokenEntry { Id = "t", SigningKey = key });
        using var byBoth = Tokens([Origin], new TokenEntry { Id = "t", Sha256 = hash, SigningKey = key });

        Assert.Equal((true, false), (byHash.OwnerOf(Secret) is not null, byHash.Validator.Validate(Signed()).Grant is not null));
        Assert.Equal((false, true), (byKey.OwnerOf(Secret) is not null, byKey.Validator.Validate(Signed()).Grant is not null));
        Assert.Equal((true, true), (byBoth.OwnerOf(Secret) is not null, byBoth.Validator.Validate(Signed()).Grant is not null));
        var call = Signed();
        var forged = RequestSignature.Sign(made.Hash, new Uri(Origin), call.Method, call.Target, call.Timestamp, call.Node, Body);
        Assert.Equal(default, byHash.Validator.Validate(call with { Signature = forged }));
        Assert.Equal(default, byKey.Validator.Validate(key));
    }

    [Fact]
    public void Validate_a_token_that_has_ended_signs_no_longer()
    {
        using var tokens = Tokens([Origin], new TokenEntry { Id = "t", Secret = Secret, Expires = SteppedClock.Start });

        Assert.Equal(default, tokens.Validator.Validate(Signed()));
    }

    [Fact]
    public void Validate_costs_the_same_comparisons_whoever_is_said_to_have_signed()
    {
        using var tokens = Tokens([Origin, "https://lb.example.org"]);
        var call = Signed();
        SignedCall[] calls =
        [
            call, call with { TokenId = "other" }, call with { TokenId = "unknown" }, call with { Signature = "" },
            call with { Signature = new string('0', 64) }, call with { Timestamp = "x" }, call with { TokenId = "unsigned" },
        ];

        Assert.All(calls, one =>
        {
            var before = tokens.Comparisons;
            _ = tokens.Validator.Validate(one);
            Assert.Equal(3 + 2, tokens.Comparisons - before);
        });
    }

    [Theory]
    [InlineData("lb.example.org")]
    [InlineData("https://lb.example.org/path")]
    [InlineData("https://lb.example.org?x")]
    [InlineData("https://user@lb.example.org")]
    [InlineData("ftp://lb.example.org")]
    [InlineData("")]
    public void Options_with_an_origin_that_is_none_are_refused(string origin)
    {
        var options = new PhoneHomeSignatureOptions();
        options.Origins.Add(origin);

        Assert.Contains("PhoneHome:Signatures:Origins:0", new PhoneHomeSignatureOptionsValidator().Validate(null, options).FailureMessage);
        Assert.Throws<OptionsValidationException>(() => Tokens([origin]));
    }

    [Fact]
    public void Sign_a_text_with_a_line_end_is_refused() => Assert.Throws<ArgumentException>(
        () => RequestSignature.Sign([1], new Uri(Origin), "POST", Target, "1", "a\nb", Body));

    private static KnownTokens Tokens() => Tokens([Origin]);

    private static KnownTokens Tokens(string[] origins) => Tokens(
        origins,
        new() { Id = "t", Owner = "o", Secret = Secret },
        new() { Id = "other", Secret = "another-planted-secret" },
        new TokenEntry { Id = "unsigned", Sha256 = new string('a', 64) });

    private static KnownTokens Tokens(string[] origins, params TokenEntry[] entries) =>
        new(options => Array.ForEach(entries, options.Tokens.Add), origins);

    private static string Text(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static SignedCall Signed(string origin = Origin, DateTimeOffset? at = null)
    {
        var timestamp = Text(at ?? SteppedClock.Start);
        return new SignedCall
        {
            TokenId = "t",
            Timestamp = timestamp,
            Node = "node-1",
            Method = "POST",
            Target = Target,
            Body = Body,
            Signature = RequestSignature.Sign(
                RequestSignature.KeyOf(Secret), new Uri(origin), "POST", Target, timestamp, "node-1", Body),
        };
    }
}
