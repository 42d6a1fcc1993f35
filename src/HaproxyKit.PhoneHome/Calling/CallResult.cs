namespace HaproxyKit.PhoneHome.Calling;

/// <summary>What came of one call.</summary>
/// <param name="Kind">What to do next.</param>
/// <param name="Message">What the webhook said, or what failed, fit for a log.</param>
/// <param name="RetryAfter">When the webhook wants to be asked again, or null.</param>
internal readonly record struct CallResult(CallResultKind Kind, string Message, TimeSpan? RetryAfter = null)
{
    internal static CallResult Failed(string message, TimeSpan? retryAfter = null) =>
        new(CallResultKind.Failed, message, retryAfter);
}
