using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Model;

/// <summary>
/// Configurations as people write them, with the layouts and conditions that people use, and some lines that no HAProxy
/// reads.
/// </summary>
internal static class RealisticText
{
    private static readonly string[] Headers =
    [
        "global", "defaults", "defaults base", "defaults late from base", "frontend web", "frontend api from base", "backend app", "backend shop # the shop",
        "backend \"app\"", "listen all", "listen stats", "userlist admins", "peers near", "resolvers dns", "  backend  indented", "cache small", "[scope]", "backend from", "backend",
    ];

    private static readonly string[] Lines =
    [
        "    server s1 10.0.0.1:80 check", "    server s2 10.0.0.2:80 check weight 10 # second", "\tserver  s3\t[::1]:80   backup  check\t# tabs", "  server s4 '10.0.0.4:80' \"check\"",
        "    server s5 \"${HOST}:80\" cookie check", "    server s6", "    server", "    no server s7 10.0.0.7:80", "    server s1 10.0.0.9:80", "    default-server inter 2s",
        "    bind :443 ssl crt '/etc/ssl/a b.pem' name tls", "    bind :80,:81", "    bind", "    bind unix@/run/app.sock mode 600", "    mode http", "    mode tcp # plain",
        "    balance roundrobin", "    balance uri depth 3", "    option httplog", "    no option httpclose", "    default option httpclose", "    option", "    option forwardfor except 127.0.0.1",
        "    timeout client 30s", "    timeout server 1m # long", "    timeout connect 5sx", "    timeout", "    default_backend app", "    default_backend", "    use_backend app if { path_beg /a }",
        "    use_backend", "    acl a path /x # why", "    http-request deny if a", "    http-request set-header X \"a\\\"b c\"", "    stick-table type ip size 200k expire 30m", "    stick on src",
        "    stick-table type string len 32 size 1m store gpc0", "    maxconn 100", "    log /dev/log local0", "    brand-new-keyword x  y   z", "    user u insecure-password p#w", "    peer p 10.0.0.1:10000",
        "    nameserver d 10.0.0.1:53", "    word\\", "    word a\\\tb", "    word a\\", "    word a\\#b", "    server s8 10.0.0.8:80 'open", "    word \"$1\"", "    word \\xZZ", "    word a\rb", "    no", "    no no x", "    no .if 1",
        "    no backend x", "    no [x", "    default", "    default default x", "    \"\" nothing", "    '' x", "\"server\" s9 10.0.0.9:80", "    s\\x65rver s10 10.0.0.10:80", "    server s11 10.0.0.1:80 \xe4",
        "", "   ", "\t", "# a comment", "#", "    # indented comment", "#  two  blanks ", "#tight", "    .notice \"x\"",
        "    a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j",
        "    a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p",
    ];

    private static readonly string[] Conditions = [".if defined(A)", ".if 1 # c", ".else", ".elif 0", ".endif", "  .endif"];

    /// <summary>A text of sections, lines and conditions in any order.</summary>
    internal static Arbitrary<byte[]> Any { get; } = Arb.From(Text(), Shrink);

    /// <summary>Realistic in most cases, hostile in the others.</summary>
    internal static Arbitrary<byte[]> OrHostile { get; } = Arb.From(
        Gen.Frequency((3, Any.Generator), (1, HostileText.Lines.Generator)), Shrink);

    /// <summary>Whole lines go first, then bytes.</summary>
    private static IEnumerable<byte[]> Shrink(byte[] text)
    {
        var lines = Encoding.Latin1.GetString(text).Split('\n');
        for (var size = lines.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= lines.Length; start += size)
            {
                yield return Encoding.Latin1.GetBytes(string.Join('\n', [.. lines[..start], .. lines[(start + size)..]]));
            }
        }

        if (lines.Length <= 2 && text.Length < 200)
        {
            foreach (var smaller in ByteShrinker.Shrink(text))
            {
                yield return smaller;
            }
        }
    }

    private static Gen<byte[]> Text() =>
        from lines in Gen.Frequency((3, Gen.Elements(Headers)), (20, Gen.Elements(Lines)), (2, Gen.Elements(Conditions))).ListOf()
        from ending in Gen.Frequency((4, Gen.Constant("\n")), (1, Gen.Constant("\r\n")))
        from last in Gen.Frequency((3, Gen.Constant(ending)), (1, Gen.Constant("")))
        select Encoding.Latin1.GetBytes(string.Join(ending, lines) + (lines.Count > 0 ? last : ""));
}
