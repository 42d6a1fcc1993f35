using System.Buffers;

namespace HaproxyKit.Analysis;

/// <summary>Sets of bytes that values consist of.</summary>
internal static class ByteSets
{
    /// <summary>The bytes of versions, ranges of them, and numbers with a dot.</summary>
    internal static readonly SearchValues<byte> DottedRange = SearchValues.Create("0123456789.:-"u8);

    /// <summary>The bytes of lists of numbers and ranges.</summary>
    internal static readonly SearchValues<byte> NumberList = SearchValues.Create("0123456789,-"u8);

    /// <summary>Hexadecimal digits.</summary>
    internal static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>The bytes of the names of variables, behind their scope.</summary>
    internal static readonly SearchValues<byte> Variable =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_."u8);
}
