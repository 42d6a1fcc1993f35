using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Refuses settings under which nothing could be written up.</summary>
internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    private const int MinBytes = 4096;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        if (!string.IsNullOrEmpty(options.File) && !Path.IsPathFullyQualified(options.File))
        {
            failures.Add($"{AuditOptions.SectionName}:{nameof(options.File)} must be a full path, but is '{options.File}'");
        }

        if (options.MaxBytes < MinBytes)
        {
            failures.Add($"{AuditOptions.SectionName}:{nameof(options.MaxBytes)} must be {MinBytes} or more");
        }

        if (options.MaxFiles is < 1 or > 100)
        {
            failures.Add($"{AuditOptions.SectionName}:{nameof(options.MaxFiles)} must be from 1 to 100");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
