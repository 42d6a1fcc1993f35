using System.Runtime.CompilerServices;

namespace HaproxyKit.Catalog;

/// <summary>The signature of a line, and those of its words inside it.</summary>
[InlineArray(Length)]
internal struct MatchFrames
{
    internal const int Length = 4;

    private MatchFrame _first;
}
