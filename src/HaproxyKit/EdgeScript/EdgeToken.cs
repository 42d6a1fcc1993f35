using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>A token and the bytes that it is made of.</summary>
internal readonly record struct EdgeToken(EdgeTokenKind Kind, TextSpan Span);
