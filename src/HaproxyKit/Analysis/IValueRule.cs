using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis;

/// <summary>A rule about values of some kinds, wherever they stand.</summary>
internal interface IValueRule
{
    /// <summary>The kinds of values that the rule judges.</summary>
    ReadOnlySpan<ValueKind> Kinds { get; }

    /// <summary>Looks at a value whose bytes are known.</summary>
    void Check(in ValueContext value);
}
