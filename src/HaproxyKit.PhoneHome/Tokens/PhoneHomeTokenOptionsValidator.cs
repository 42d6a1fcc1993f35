using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>Refuses to start with tokens that are missing, doubled, or too short to be secrets.</summary>
internal sealed class PhoneHomeTokenOptionsValidator : IValidateOptions<PhoneHomeTokenOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PhoneHomeTokenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        if (options.Tokens.Count == 0)
        {
            failures.Add("PhoneHome:Tokens is empty: name at least one token, or nobody can call");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Tokens.Count; i++)
        {
            var entry = options.Tokens[i];
            var place = $"PhoneHome:Tokens:{i}";
            if (!TextRules.IsName(entry.Id))
            {
                failures.Add($"{place}:Id must be {TextRules.NameRule}");
            }
            else if (!ids.Add(entry.Id))
            {
                failures.Add($"{place}:Id {entry.Id} is used by an earlier token");
            }

            if (TokenSecret.TryHash(entry, out var problem) is not { } hash)
            {
                failures.Add($"{place} {problem}");
            }
            else if (!hashes.Add(Convert.ToHexString(hash)))
            {
                failures.Add($"{place} has the secret of an earlier token, so that its owner would not be known");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
