namespace HaproxyKit.EdgeScript;

/// <summary>One line of a <c>listen</c> block: one of the two is there.</summary>
internal readonly record struct EdgeClause(EdgeTarget? Target, CheckClause? Check);
