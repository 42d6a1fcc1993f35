namespace HaproxyKit.PhoneHome.Contract;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">The member as the caller wrote it; empty where the body as a whole is meant.</param>
/// <param name="Message">What is wrong, as one sentence without a final full stop.</param>
/// <param name="Hint">What helps, or null where nothing can be advised.</param>
public sealed record FieldProblem(string Field, string Message, string? Hint = null);
