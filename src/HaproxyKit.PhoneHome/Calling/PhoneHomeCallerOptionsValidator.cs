using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Calling;

/// <summary>Names every variable that is missing or malformed, so that one look mends them all.</summary>
internal sealed class PhoneHomeCallerOptionsValidator : IValidateOptions<PhoneHomeCallerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PhoneHomeCallerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        return CallPlan.TryRead(options, problems) is null
            ? ValidateOptionsResult.Fail(problems)
            : ValidateOptionsResult.Success;
    }
}
