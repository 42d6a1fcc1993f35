using HaproxyKit.Expressions;

namespace HaproxyKit.Model;

/// <summary>Where a pattern of an acl stands, and how it is matched.</summary>
/// <param name="Slot">Where it stands.</param>
/// <param name="Method">How it is matched; <see cref="AclMatchMethod.Unspecified"/> where only the sample's type
/// tells.</param>
/// <param name="Type">The type of the sample; null where it is not known.</param>
internal readonly record struct PatternPlace(AclPatternSlot Slot, AclMatchMethod Method, Catalog.SampleType? Type);
