namespace HaproxyKit.Tests.Support;

/// <summary>
/// Lines and the words that HAProxy reads in them, the words joined by <c>|</c>. The same table is put before our own
/// reader and before the real programs.
/// </summary>
public static class LexicalExamples
{
    /// <summary>Lines that need no environment.</summary>
    public static TheoryData<string, string> Plain { get; } = new()
    {
        // Blanks.
        { "mode http", "mode|http" },
        { "\tmode\t\thttp  ", "mode|http" },
        { " \v\f mode\vhttp\ftcp", "mode|http|tcp" },
        { "", "" },
        { " \t\v\f", "" },
        { "caf\u00c3\u00a9 \u00ff\u0080", "caf\u00c3\u00a9|\u00ff\u0080" },
        { "a\u00a0b", "a\u00a0b" },
        { "a\u007fb \u0001", "a\u007fb|\u0001" },

        // Comments.
        { "# a b", "" },
        { "   #a", "" },
        { "a # b", "a" },
        { "a#b c", "a" },
        { "a b#", "a|b" },
        { "a \\#b", "a|#b" },
        { "a \"#\" '#' b", "a|#|#|b" },
        { "a \"b\"# c", "a|b" },

        // Quotes.
        { "a \"b c\" d", "a|b c|d" },
        { "a 'b c' d", "a|b c|d" },
        { "a\"b c\"'d e'f\\ g", "ab cd ef g" },
        { "x a\"\"b", "x|ab" },
        { "x a''b", "x|ab" },
        { "x \"it's\" 'a \"b\"'", "x|it's|a \"b\"" },
        { "\"global\" x", "global|x" },
        { "x \"\" y", "x||y" },
        { "x '' y", "x||y" },
        { "\"\" global", "|global" },
        { "x \"\tb\v\fc\"", "x|\tb\v\fc" },
        { "x '\tb\v\fc'", "x|\tb\v\fc" },

        // Escapes outside of quotes.
        { "x \\\\ b", "x|\\|b" },
        { "x a\\ b", "x|a b" },
        { "x a\\tb", "x|a\tb" },
        { "x a\\rb", "x|a\rb" },
        { "x a\\nb", "x|a\nb" },
        { "x \\'a \\\"b", "x|'a|\"b" },
        { "x \\x41\\x4a\\x4A\\xfF", "x|AJJ\u00ff" },
        { "x \\x20\\x09b", "x| \tb" },
        { "x \\$A", "x|\\$A" },
        { "x \\\tb", "x|\\|b" },
        { "x \\.\\1\\d\\{", "x|\\.\\1\\d\\{" },
        { "x a\\", "x|a\\" },
        { "x \\", "x|\\" },
        { "x a\\x00b c", "x|a|c" },
        { "x \\x00 c", "x||c" },

        // Escapes in double quotes.
        { "x \"\\\\\" \"\\ \" \"\\t\"", "x|\\| |\t" },
        { "x \"\\n\\r\\#\\'\\\"\"", "x|\n\r#'\"" },
        { "x \"\\x41\\x22\"", "x|A\"" },
        { "x \"\\$A\"", "x|$A" },
        { "x \"\\\tb\"", "x|\\\tb" },
        { "x \"\\.\\1\\d\"", "x|\\.\\1\\d" },
        { "x \"a\\x00b\"c d", "x|a|d" },

        // Nothing is an escape in single quotes.
        { "x '\\\\' '\\ ' '\\t\\n\\x41\\$\\\"'", "x|\\\\|\\ |\\t\\n\\x41\\$\\\"" },
        { "x 'a\\' b", "x|a\\|b" },
        { "x '\\xg' '$A ${A' b", "x|\\xg|$A ${A|b" },

        // Variables live in double quotes alone.
        { "x $A ${A} a$ $1 ${", "x|$A|${A}|a$|$1|${" },
        { "x '${A-b}' ${A-b} ${A[*]}", "x|${A-b}|${A-b}|${A[*]}" },

        // CR.
        { "abc\r", "abc" },
        { "abc\rdef g", "abc" },
        { "abc \rdef", "abc|def" },
        { "abc\t\r\r def", "abc|def" },
        { "\rabc", "abc" },
        { "\r\r", "" },
        { "abc # x\ry", "abc" },
        { "abc\\\rdef", "abc\\" },
        { "'abc'\rdef", "abc" },

        // Words that span more than the reader's stride.
        { "abcdefghijklmnopqrstuvwxyz0123456789 b", "abcdefghijklmnopqrstuvwxyz0123456789|b" },
        { "abcdefghijklmnopqrstuvwxyz0123456789\\ b \"c\"#", "abcdefghijklmnopqrstuvwxyz0123456789 b|c" },
        { "0123456789abcde\" \"0123456789abcdef' '# x", "0123456789abcde 0123456789abcdef " },
        { "acl a path_reg ^/(a|b)[0-9]{2}$ if { src 10.0.0.0/8 } !b", "acl|a|path_reg|^/(a|b)[0-9]{2}$|if|{|src|10.0.0.0/8|}|!b" },
    };

    /// <summary>
    /// Variables that the examples of <see cref="Expanded"/> are read with; <c>NOPE</c> is not among them.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["V"] = "value",
        ["_v1"] = "low",
        ["TWO"] = "p q",
        ["SP"] = "  p q\t r ",
        ["EMPTY"] = "",
        ["BLANK"] = " ",
        ["HARD"] = "a\"b'c\\d$V#e\\x41",
    };

    /// <summary>
    /// Lines that need <see cref="Environment"/>, with the words that HAProxy 3.0 and 3.2 read in them.
    /// </summary>
    public static TheoryData<string, string> Expanded { get; } = new()
    {
        { "x \"$V\" \"${V}\" \"a${V}b\" \"$V.b\"", "x|value|value|avalueb|value.b" },
        { "x \"$_v1\" \"${_v1}\"", "x|low|low" },
        { "x \"$V-b\" \"$V{\"", "x|value-b|value{" },
        { "x \"\\$V\" '$V' $V", "x|$V|$V|$V" },
        { "x \"$HARD\"", "x|a\"b'c\\d$V#e\\x41" },
        { "x \"$TWO\" \"$SP\" y", "x|p q|  p q\t r |y" },
        { "\"$V\" y", "value|y" },

        // Defaults: raw bytes up to the brace, only for what is not set.
        { "x \"${V-d}\" \"${NOPE-d}\" \"${EMPTY-d}\" y", "x|value|d||y" },
        { "x \"${NOPE-a b#c\\\"d\\x41$V'e}f\"", "x|a b#c\\\"d\\x41$V'ef" },
        { "x \"${NOPE-a${V}b}\" y", "x|a${Vb}|y" },
        { "x \"${NOPE-}\" y", "x||y" },
        { "x \"${NOPE--}\" y", "x|-|y" },

        // Several words of one value.
        { "x \"${TWO[*]}\" y", "x|p|q|y" },
        { "x a\"${TWO[*]}\"b y", "x|ap|qb|y" },
        { "x \"a ${TWO[*]} b\" y", "x|a p|q b|y" },
        { "x \"${TWO[*]}${TWO[*]}\" y", "x|p|qp|q|y" },
        { "x \"${TWO[*]}${TWO}\" y", "x|p|qp q|y" },
        { "x \"${V[*]}\" y", "x|value|y" },
        { "x \"${SP[*]}\" y", "x||p|q|r||y" },
        { "x a\"${SP[*]}\"b y", "x|a|p|q|r|b|y" },
        { "x \"${NOPE[*]-c d}\" \"${TWO[*]-c d}\" y", "x|c|d|p|q|y" },
        { "x \"${EMPTY[*]}\" y", "x||y" },
        { "x \"${BLANK[*]}\" y", "x|||y" },
        { "x \"$TWO[*]\" y", "x|p q[*]|y" },

        // What is not set takes the quote and the blanks behind it along.
        { "x \"$EMPTY\" y", "x||y" },
        { "x \"$NOPE\" y", "x|y" },
        { "x a\"$NOPE\" y z", "x|ay|z" },
        { "x \"a$NOPE\" y z", "x|ay|z" },
        { "x \"${NOPE[*]}\"  \t y", "x|y" },
        { "x \"$NOPE\"y z", "x|y|z" },
        { "x \"$NOPE a\" y", "x| a|y" },
        { "x \"$NOPE$NOPE\" y", "x|y" },
        { "x \"$NOPE\" \"$NOPE\" \"y z\"", "x|y z" },
        { "x \"$NOPE\" 'y z'", "x|y z" },
        { "x \"$NOPE\"# y", "x|" },
        { "x \"$NOPE\" # y", "x|" },
        { "x \"$NOPE\"", "x|" },
        { "x \"$NOPE\"  ", "x|" },
        { "x \"$NOPE\"\r y", "x|y" },
        { "x \"$NOPE$V\" y", "x|value|y" },
        { "\"$NOPE\" y", "y" },

        // The places.
        { "x \"$.LINE-${.LINE}\"", "x|1-1" },
        { "x \"$.FILE\"", "x|f.cfg" },
        { "x \"$.SECTION\" y", "x||y" },
    };
}
