using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Tests.Catalog;

public sealed class SignatureMatcherTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "a", "0 unexpected a: ")]
    [InlineData("on", "on", "0 literal on")]
    [InlineData("on", "of", "0 unexpected of: on")]
    [InlineData("on", "", "0 missing: on")]
    [InlineData("<number 1..256>", "7", "0 <number 1..256> 7")]
    [InlineData("<number 1..>", "", "0 missing: <number 1..>")]
    [InlineData("<delay:time s>", "7", "0 <delay:time s> 7")]
    [InlineData("<name> <url>", "if x", "0 <name> if; 1 <url> x")]
    [InlineData("[ <size> ]", "", "")]
    [InlineData("[ <size> ]", "1k", "0 <size> 1k")]
    [InlineData("[ <size> ]", "1k x", "0 <size> 1k; 1 unexpected x: ")]
    [InlineData("[ a <word> ] [ b ] c", "b c", "0 literal b; 1 literal c")]
    [InlineData("[ a <word> ] [ b ] c", "a c", "0 literal a; 1 <word> c; 2 missing: b, c")]
    [InlineData("[ <word> ] c", "c", "0 literal c")]
    [InlineData("{ a | b <word> | <number> }", "a", "0 literal a")]
    [InlineData("{ a | b <word> | <number> }", "b a", "0 literal b; 1 <word> a")]
    [InlineData("{ a | b <word> | <number> }", "b", "0 literal b; 1 missing: <word>")]
    [InlineData("{ a | b <word> | <number> }", "c", "0 <number> c")]
    [InlineData("{ a | b }", "", "0 missing: a, b")]
    [InlineData("{ <number> | a } b", "a b", "0 literal a; 1 literal b")]
    [InlineData("*{ a | b <word> }", "", "")]
    [InlineData("*{ a | b <word> }", "b b a a b a", "0 literal b; 1 <word> b; 2 literal a; 3 literal a; 4 literal b; 5 <word> a")]
    [InlineData("*{ a | b <word> }", "a c", "0 literal a; 1 unexpected c: a, b")]
    [InlineData("*{ a [ x ] | b }", "a x a b", "0 literal a; 1 literal x; 2 literal a; 3 literal b")]
    [InlineData("<word>...", "a b", "0 <word> a; 1 <word> b")]
    [InlineData("<word>...", "", "0 missing: <word>")]
    [InlineData("<word>... @cond", "a if b", "0 <word> a; 1 <condition> if; 2 <condition> b")]
    [InlineData("a... b", "a a b", "0 literal a; 1 literal a; 2 literal b")]
    [InlineData("[ <word> ]...", "", "")]
    [InlineData("[ <word> ]... end", "a b end", "0 <word> a; 1 <word> b; 2 literal end")]
    [InlineData("{ a | <number> }...", "a 1 a", "0 literal a; 1 <number> 1; 2 literal a")]
    [InlineData("@cond", "", "")]
    [InlineData("@cond", "unless { a }", "0 <condition> unless; 1 <condition> {; 2 <condition> a; 3 <condition> }")]
    [InlineData("@cond", "when", "0 unexpected when: if, unless")]
    [InlineData("<rest>", "", "")]
    [InlineData("<rest>", "a b c", "0 <rest> a; 1 <rest> b; 2 <rest> c")]
    [InlineData("a <rest>", "b", "0 unexpected b: a")]
    [InlineData("hdr(*) x", "hdr(a) x", "0 literal hdr(a); 1 literal x")]
    [InlineData("hdr(*)", "hdr(a", "0 unexpected hdr(a: hdr(*)")]
    [InlineData("rdp-cookie*", "rdp-cookie", "0 literal rdp-cookie")]
    [InlineData("{ if | unless } <condition>", "if a b", "0 literal if; 1 <condition> a; 2 <condition> b")]
    [InlineData("<comma-list a|b>", "a,b", "0 <comma-list a|b> a,b")]
    [InlineData("<sample-expression> table <word>", "src,lower upper add(1) table t", "0 <sample-expression> src,lower; 1 <sample-expression> upper; 2 <sample-expression> add(1); 3 literal table; 4 <word> t")]
    [InlineData("@http-request", "deny deny_status 403 if a", "0 name deny of Action; 1 literal deny_status; 2 <sloppy-number 200..599> 403; 3 <condition> if; 4 <condition> a")]
    [InlineData("@http-request", "set-var(txn.x,ifexists) src", "0 name set-var(txn.x,ifexists) of Action; 0 (<variable>) txn.x; 0 (<word>) ifexists; 1 <sample-expression> src")]
    [InlineData("@http-request", "set-var src", "0 name set-var of Action; 0 missing: <variable>")]
    [InlineData("<word> on", "\"$A\" on", "0 <word> $A; 1 literal on")]
    [InlineData("[ <word> ] on", "\"$A\" on", "")]
    [InlineData("<word> on", "\"${A[*]}\" on", "")]
    [InlineData("<word> on", "a \"\" on", "0 <word> a; 1 missing: on")]
    [InlineData("@bind", "ssl crt x ssl", "0 name ssl of BindWord; 1 name crt of BindWord; 2 <file> x; 3 name ssl of BindWord")]
    [InlineData("@bind", "crt", "0 name crt of BindWord; 1 missing: <file>")]
    [InlineData("@bind", "ssll", "0 unexpected ssll: @bind")]
    [InlineData("@bind end", "ssl end", "0 name ssl of BindWord; 1 literal end")]
    public void Match_words_of_every_element_are_told(string pattern, string line, string expected)
    {
        Assert.True(Signature.TryParse(pattern, out var signature, out var mistake), mistake);
        var sink = new RecordingSink();
        var told = sink;
        SignatureMatcher.Match(HaproxyCatalog.For(HaproxyVersion.V3_0), signature, Words(line), 0, ref sink);
        Assert.Equal(expected, string.Join("; ", told.Told));
    }

    private static WordEnumerator Words(string line) =>
        new(Encoding.UTF8.GetBytes(line));
}
