namespace HaproxyKit.EdgeScript;

/// <summary>Why a word is no value of its kind, and what helps.</summary>
internal readonly record struct ValueProblem(string Message, string? Hint = null);
