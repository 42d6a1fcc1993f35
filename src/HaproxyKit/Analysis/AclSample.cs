using HaproxyKit.Catalog;
using HaproxyKit.Expressions;

namespace HaproxyKit.Analysis;

/// <summary>What an ACL looks at, as far as its patterns and its uses depend on it.</summary>
/// <param name="Type">The type of the sample; <see cref="SampleType.None"/> where its expression is wrong.</param>
/// <param name="Method">How patterns are compared with it where no flag says so.</param>
/// <param name="Contexts">Where it can be known; everywhere if that is not known itself.</param>
internal readonly record struct AclSample(SampleType Type, AclMatchMethod Method, RuleContexts Contexts);
