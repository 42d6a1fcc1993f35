using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>Refuses to start with origins that no caller can sign for.</summary>
internal sealed class PhoneHomeSignatureOptionsValidator : IValidateOptions<PhoneHomeSignatureOptions>
{
    private const int MaxOrigins = 8;
    private static readonly TimeSpan LongestSkew = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PhoneHomeSignatureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        for (var i = 0; i < options.Origins.Count; i++)
        {
            if (!TryReadOrigin(options.Origins[i], out _))
            {
                failures.Add(
                    $"{PhoneHomeSignatureOptions.SectionName}:Origins:{i} is no URL of scheme, host and port alone, such "
                    + "as https://lb.example.org:9000");
            }
        }

        if (options.Origins.Count > MaxOrigins)
        {
            failures.Add($"{PhoneHomeSignatureOptions.SectionName}:Origins has more than {MaxOrigins} entries");
        }

        if (options.MaxClockSkew < TimeSpan.FromSeconds(1) || options.MaxClockSkew > LongestSkew)
        {
            failures.Add($"{PhoneHomeSignatureOptions.SectionName}:MaxClockSkew must be from 00:00:01 to {LongestSkew}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    internal static bool TryReadOrigin(string? text, out Uri? origin) =>
        Uri.TryCreate(text, UriKind.Absolute, out origin)
        && (origin.Scheme == Uri.UriSchemeHttps || origin.Scheme == Uri.UriSchemeHttp)
        && origin is { PathAndQuery: "/", Fragment: "", UserInfo: "", Host.Length: > 0 };
}
