using System.Buffers;

namespace HaproxyKit.Expressions;

/// <summary>Which bytes mean what in HAProxy's expressions; all of them ASCII, so that UTF-8 is never cut inside a character.</summary>
internal static class ExpressionBytes
{
    /// <summary>The bytes of the names of fetches and converters.</summary>
    internal static readonly SearchValues<byte> Names =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+:"u8);

    /// <summary>The bytes of the names of log format aliases.</summary>
    internal static readonly SearchValues<byte> LettersAndDigits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    /// <summary>The bytes of the names that log format items are given.</summary>
    internal static readonly SearchValues<byte> ItemNames =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    /// <summary>The bytes of the names of ACLs.</summary>
    internal static readonly SearchValues<byte> AclNames =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-"u8);

    /// <summary>The bytes that mean something inside an argument list, outside quotes.</summary>
    internal static readonly SearchValues<byte> ArgumentSigns = SearchValues.Create("\"'\\,)"u8);

    /// <summary>The bytes that mean something inside double quotes of an argument.</summary>
    internal static readonly SearchValues<byte> DoubleQuoteSigns = SearchValues.Create("\"\\"u8);

    /// <summary>How many bytes of a set stand at the start.</summary>
    internal static int RunOf(ReadOnlySpan<byte> text, SearchValues<byte> values) =>
        text.IndexOfAnyExcept(values) is >= 0 and var length ? length : text.Length;
}
