namespace HaproxyKit.EdgeScript;

/// <summary>The words of a <c>listen</c> up to the end of its line; without a target, a block follows that says it.</summary>
internal sealed record ListenHeader(EdgeWord Port, EdgeWord Name, EdgeTarget? Target, CheckClause? Check);
