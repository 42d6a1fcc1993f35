using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HaproxyKit.Control.Deployment;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>
/// Knows valid tokens by their hashes alone, and does the same work whether a token is right, wrong or unknown. They
/// change when settings and files do (<see cref="PhoneHomeTokenOptions"/>).
/// </summary>
public sealed class TokenValidator
{
    private const int MaxTimestampDigits = 15;

    private readonly TokenSource source;
    private readonly TimeProvider time;
    private readonly string[] origins;
    private readonly TimeSpan maxClockSkew;

    /// <summary>Stands for the key of a token that is not known, so that it costs what a known one costs.</summary>
    private readonly byte[] decoyKey = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    /// <summary>Reads the tokens; the secrets themselves are not kept.</summary>
    /// <param name="options">The tokens, and where more of them are.</param>
    /// <param name="signatures">Which signed calls are taken.</param>
    /// <param name="time">By which tokens begin and end, and signatures are judged.</param>
    /// <param name="logger">Is told when tokens change, or cannot be read.</param>
    /// <param name="alarms">Where stands what cannot be read, until it can be; null for nowhere.</param>
    /// <exception cref="OptionsValidationException">
    /// There is no token, or one cannot be used; the message says which and why.
    /// </exception>
    public TokenValidator(
        IOptionsMonitor<PhoneHomeTokenOptions> options,
        IOptions<PhoneHomeSignatureOptions> signatures,
        TimeProvider time,
        ILogger<TokenValidator> logger,
        AlarmBoard? alarms = null)
        : this(options, signatures, time, logger, CryptographicOperations.FixedTimeEquals, alarms)
    {
    }

    /// <summary>As above, with a comparison that can be watched.</summary>
    internal TokenValidator(
        IOptionsMonitor<PhoneHomeTokenOptions> options,
        IOptions<PhoneHomeSignatureOptions> signatures,
        TimeProvider time,
        ILogger<TokenValidator> logger,
        TokenSet.Comparison compare,
        AlarmBoard? alarms)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(signatures);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        this.time = time;
        origins = [.. signatures.Value.Origins.Select(OriginOf)];
        maxClockSkew = signatures.Value.MaxClockSkew;
        source = new TokenSource(options, time, logger, compare, alarms);
    }

    /// <summary>Judges the bare token that a caller presents.</summary>
    /// <param name="presented">The text of the header; empty where there is none.</param>
    /// <returns>What the token grants, or nothing where no token that is valid now is equal to it.</returns>
    public TokenVerdict Validate(ReadOnlySpan<char> presented)
    {
        Span<byte> utf8 = stackalloc byte[TokenSecret.MaxLength];
        var isText = Encoding.UTF8.TryGetBytes(presented, utf8, out var length) && length > 0;

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..length], hash);
        if (source.Current.FindByHash(hash) is not { } token || !isText || !token.IsValidAt(time.GetUtcNow()))
        {
            return default;
        }

        return token.RequiresSignature
            ? new TokenVerdict(null, "this token is taken in signed calls alone")
            : new TokenVerdict(token.Grant);
    }

    /// <summary>Judges a signed call.</summary>
    /// <param name="call">The call as it arrived.</param>
    /// <returns>
    /// What the token grants, with the time of the signature, or nothing where no token that is valid now signed this very
    /// call for this balancer. Whether the time is newer than that of the last call is not judged here.
    /// </returns>
    public TokenVerdict Validate(SignedCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        Span<byte> idHash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(call.TokenId), idHash);
        var tokens = source.Current;
        var token = tokens.FindById(idHash);
        var isSigned = IsSigned(tokens, call, token?.SigningKey ?? decoyKey);
        var now = time.GetUtcNow();
        if (!isSigned
            || token is not { SigningKey: not null }
            || !token.IsValidAt(now)
            || !TryReadTimestamp(call.Timestamp, out var signedAt))
        {
            return default;
        }

        return (now - signedAt).Duration() > maxClockSkew
            ? new TokenVerdict(null, string.Create(
                CultureInfo.InvariantCulture,
                $"signed at {signedAt:u}, and the clock here says {now:u}: they may differ by {maxClockSkew} at most"))
            : new TokenVerdict(token.Grant with { SignedAt = signedAt });
    }

    private static string OriginOf(string text) =>
        PhoneHomeSignatureOptionsValidator.TryReadOrigin(text, out var origin)
            ? RequestSignature.LinesOf(origin!)
            : throw new OptionsValidationException(
                nameof(PhoneHomeSignatureOptions),
                typeof(PhoneHomeSignatureOptions),
                [$"{PhoneHomeSignatureOptions.SectionName}:Origins has '{text}', which is no URL of scheme, host and port"]);

    /// <summary>Tries every name of this balancer, whichever fits: what the wire says of scheme and host is anybody's.</summary>
    private bool IsSigned(TokenSet tokens, SignedCall call, ReadOnlySpan<byte> key)
    {
        Span<byte> presented = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isHex = call.Signature.Length == presented.Length * 2
            && Convert.FromHexString(call.Signature, presented, out _, out _) == OperationStatus.Done;
        var isOneLineEach = !RequestSignature.HasLineEnd(call.Method)
            && !RequestSignature.HasLineEnd(call.Target)
            && !RequestSignature.HasLineEnd(call.Timestamp)
            && !RequestSignature.HasLineEnd(call.Node);
        var digest = RequestSignature.DigestOf(call.Body.Span);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isSigned = false;
        foreach (var origin in origins)
        {
            var text = RequestSignature.CanonicalText(origin, call.Method, call.Target, call.Timestamp, call.Node, digest);
            HMACSHA256.HashData(key, text, expected);
            isSigned |= tokens.AreEqual(presented, expected);
        }

        return isSigned && isHex && isOneLineEach;
    }

    private static bool TryReadTimestamp(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is 0 or > MaxTimestampDigits
            || text[0] == '0'
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }
}
