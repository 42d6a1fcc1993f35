namespace HaproxyKit.Control.Checking;

/// <summary>One run of <c>haproxy -c</c>.</summary>
/// <param name="ExitCode">The exit code, or null where it did not end by itself.</param>
/// <param name="Output">What it wrote, up to the limit.</param>
/// <param name="Problem">Why there is no exit code, or null.</param>
/// <param name="Duration">How long it ran.</param>
internal sealed record CheckRun(int? ExitCode, string Output, string? Problem, TimeSpan Duration);
