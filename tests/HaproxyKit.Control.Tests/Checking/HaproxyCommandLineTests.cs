using HaproxyKit.Control.Checking;

namespace HaproxyKit.Control.Tests.Checking;

public sealed class HaproxyCommandLineTests
{
    [Theory]
    [InlineData("-f a.cfg", "a.cfg", "")]
    [InlineData("-f a -f b -f c", "a b c", "")]
    [InlineData("-W -S /m.sock,mode,600 -f a -p /pid -D", "a", "")]
    [InlineData("-sf 12 13 -x sockpair@4 -W -f a", "a", "")]
    [InlineData("-Ws -f a -p /run/haproxy.pid -S /run/haproxy-master.sock -sf 99", "a", "")]
    [InlineData("-st 1 -f a", "a", "")]
    [InlineData("-C /etc/haproxy -f a -L me -n 5 -N 6 -m 7", "a", "-C /etc/haproxy -L me -n 5 -N 6 -m 7")]
    [InlineData("-dW -dr -db -dKall -f a -dL", "a", "-dW -dr")]
    [InlineData("-f -f", "-f", "")]
    [InlineData("-fignored a", "a", "")]
    [InlineData("-db -- a b", "a b", "")]
    [InlineData("-f a -- -b", "a -b", "")]
    [InlineData("-cc 1 -f a -q -V", "a", "")]
    [InlineData("-sf", "", "")]
    public void Parse_options_as_haproxy_reads_them(string line, string paths, string options)
    {
        var parsed = HaproxyCommandLine.Parse(line.Split(' '));

        Assert.NotNull(parsed);
        Assert.Equal(paths, string.Join(' ', parsed.ConfigPaths));
        Assert.Equal(options, string.Join(' ', parsed.Options));
    }

    [Theory]
    [InlineData("-f")]
    [InlineData("-f a stray")]
    [InlineData("-u root -f a")]
    public void Parse_what_haproxy_refuses_is_not_understood(string line) =>
        Assert.Null(HaproxyCommandLine.Parse(line.Split(' ')));
}
