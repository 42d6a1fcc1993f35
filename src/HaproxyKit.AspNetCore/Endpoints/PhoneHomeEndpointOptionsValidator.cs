using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// Refuses times that make no sense. (A range attribute over times needs reflection that trimming takes away.)
/// </summary>
internal sealed class PhoneHomeEndpointOptionsValidator : IValidateOptions<PhoneHomeEndpointOptions>
{
    private const int MostStreams = 10_000;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestStream = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PhoneHomeEndpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        Check(nameof(options.AnswerTimeout), options.AnswerTimeout, LongestAnswer, failures);
        Check(nameof(options.RetryAfter), options.RetryAfter, LongestRetry, failures);
        Check(nameof(options.EventStreamLifetime), options.EventStreamLifetime, LongestStream, failures);
        Check(nameof(options.MaxEventStreams), options.MaxEventStreams, failures);
        Check(nameof(options.MaxEventStreamsPerOwner), options.MaxEventStreamsPerOwner, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(string member, int value, List<string> failures)
    {
        if (value is < 0 or > MostStreams)
        {
            failures.Add($"{PhoneHomeEndpointOptions.SectionName}:{member} must be from 0 to {MostStreams}");
        }
    }

    private static void Check(string member, TimeSpan value, TimeSpan longest, List<string> failures)
    {
        if (value < Shortest || value > longest)
        {
            failures.Add($"{PhoneHomeEndpointOptions.SectionName}:{member} must be from {Shortest} to {longest}");
        }
    }
}
