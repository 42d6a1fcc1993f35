namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>A call as it reached the webhook.</summary>
internal sealed record RecordedCall(
    string Method, string Target, string? Authorization, string? IncumbentToken, string? ContentType, string Body);
