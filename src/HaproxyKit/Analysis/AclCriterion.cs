using HaproxyKit.Catalog;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis;

/// <summary>What a criterion such as <c>path_beg</c> stands for.</summary>
/// <param name="Fetch">Its sample fetch, whose arguments it takes; none where the criterion has arguments of its own.</param>
/// <param name="Type">The type of the sample.</param>
/// <param name="Method">How patterns are compared with it.</param>
internal sealed record AclCriterion(CatalogEntry Fetch, SampleType Type, AclMatchMethod Method);
