namespace HaproxyKit.EdgeScript;

/// <summary>One of <c>every</c>, <c>fall</c> and <c>rise</c>, with its value.</summary>
internal readonly record struct EdgeCheckOption(EdgeWord Keyword, EdgeWord Value);
