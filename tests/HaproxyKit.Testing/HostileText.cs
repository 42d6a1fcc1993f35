using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace HaproxyKit.Testing;

/// <summary>
/// Bytes that a reader of HAProxy configuration must survive: its own words and signs in the worst order.
/// </summary>
public static class HostileText
{
    private static readonly byte[][] Words = Encode((
        "global defaults listen frontend backend peers userlist resolvers web app server bind s1 127.0.0.1:80 :::443 " +
        "[::1]:443 /tmp/x.sock option httpchk no default acl use_backend if unless { } or timeout 10s maxconn from " +
        "log default-server http-request set-header %[src] stats socket check café setenv").Split(' '));

    private static readonly byte[][] Signs = Encode(
        "\"", "'", "\\", "#", "\r", "\0", "\t", "\v", "\f", " ", "$", "[", "]", ".", "\\\\", "\\\"", "\\'", "\\ ",
        "\\#", "\\n", "\\t", "\\$", "\\x41", "\\x0", "\\xzz", "\"\"", "''", "\r\n", "  ", "\ufeff", "\u00a0", "\u2028",
        "\ud83d\ude00");

    private static readonly byte[][] Variables = Encode(
        "$A", "${A}", "${A-b}", "${A-b c}", "${A-\"}", "${A[*]}", "${A[*]-b c}", "${A[1]}", "${A", "$1", "${1}",
        "${A:-x}", "${}", "\"$A\"", "\"${A}\"", "\"${A-b}\"", "\"${A[*]}\"", "\"${A-#}\"", "$.LINE", "\"${.FILE}\"",
        "\\$A", "\"\\$A\"", "'${A}'");

    private static readonly byte[][] WholeLines = Encode(
        ".if defined(A)", ".if 1", ".if", ".elif !0 && (1 || 0)", ".else", ".endif", ".notice \"x\"", ".alert",
        ".unknown", "[scope]", "[scope] # x", "[bad scope]", "global", "defaults", "defaults d from e", "frontend web",
        "backend app from d", "listen l :80", "\"global\"", "  backend  indented  ",
        "\tserver s1 127.0.0.1:80 check # comment", "# comment \\", "#", "", "no option httpchk", "default log",
        "\"\" global", "backend \"a b\"", "Backend App");

    private static readonly byte[][] LineEndings = Encode("\n", "\n", "\r\n", "\n\n", "\r");

    /// <summary>Any bytes at all, of all values alike.</summary>
    public static Arbitrary<byte[]> Bytes { get; } = Arb.From(AnyByte().ArrayOf(), ByteShrinker.Shrink);

    /// <summary>One line, without an LF in it or at its end.</summary>
    public static Arbitrary<byte[]> Line { get; } =
        Arb.From(LineGenerator(), bytes => ByteShrinker.Shrink(bytes).Where(b => !b.Contains((byte)'\n')));

    /// <summary>
    /// A whole text: lines of all kinds, with and without a last LF, sometimes behind a byte order mark.
    /// </summary>
    public static Arbitrary<byte[]> Lines { get; } = Arb.From(TextGenerator(), ByteShrinker.Shrink);

    private static byte[][] Encode(params string[] pieces) => [.. pieces.Select(Encoding.UTF8.GetBytes)];

    private static Gen<byte> AnyByte() => Gen.Choose(0, 255).Select(n => (byte)n);

    private static Gen<byte> AnyByteOfALine() => AnyByte().Where(b => b != (byte)'\n');

    private static Gen<byte[]> Piece() => Gen.Frequency(
        (8, Gen.Elements(Words)),
        (6, Gen.Constant(" "u8.ToArray())),
        (6, Gen.Elements(Signs)),
        (2, Gen.Elements(Variables)),
        (1, AnyByteOfALine().Select(b => new[] { b })));

    // Long enough to pass HAProxy's line buffer (2,048 bytes) and its limit of 64 words.
    private static Gen<byte[]> LongRun() =>
        from piece in Gen.OneOf(Gen.Elements(Words), Gen.Elements(Signs), AnyByteOfALine().Select(b => new[] { b }))
        from blank in Gen.Elements<byte[]>([], " "u8.ToArray())
        from count in Gen.Choose(60, 1_200)
        select Enumerable.Repeat(piece.Concat(blank), count).SelectMany(p => p).ToArray();

    private static Gen<byte[]> LineGenerator() =>
        from line in Gen.Frequency(
            (40, Piece().ListOf().Select(pieces => pieces.SelectMany(p => p).ToArray())),
            (20, WordsBetweenBlanks()),
            (15, Gen.Elements(WholeLines)),
            (4, AnyByteOfALine().ArrayOf()),
            (1, LongRun()))
        select line.Contains((byte)'\n') ? line.Where(b => b != (byte)'\n').ToArray() : line;

    private static Gen<byte[]> WordsBetweenBlanks() =>
        from indent in Gen.Elements<byte[]>([], "    "u8.ToArray(), "\t"u8.ToArray())
        from words in Gen.Elements(Words).ListOf()
        select indent.Concat(words.SelectMany((w, i) => i == 0 ? w : [(byte)' ', .. w])).ToArray();

    private static Gen<byte[]> TextGenerator() =>
        from mark in Gen.Frequency((19, Gen.Constant<byte[]>([])), (1, Gen.Constant<byte[]>([0xEF, 0xBB, 0xBF])))
        from lines in LineGenerator().ScaleSize(size => Math.Min(size, 20)).ListOf()
        from ending in Gen.Elements(LineEndings)
        from last in Gen.Elements<byte[]>([], "\n"u8.ToArray())
        select mark.Concat(lines.SelectMany((l, i) => i == 0 ? l : [.. ending, .. l])).Concat(last).ToArray();
}
