using System.Collections.Immutable;

namespace HaproxyKit.EdgeScript;

/// <summary>A <c>check</c> as it is written, with every option, said once or several times.</summary>
internal sealed record CheckClause(EdgeWord Keyword, ImmutableArray<EdgeCheckOption> Options);
