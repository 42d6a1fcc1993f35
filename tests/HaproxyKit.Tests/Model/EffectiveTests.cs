using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

public sealed class EffectiveTests
{
    private const string Text =
        """
        defaults base
            timeout server 1s
            timeout connect 9s
            retries 7
            option httplog

        defaults named from base
            timeout server 2s
            balance leastconn
            no option httplog

        backend one
            balance first

        defaults
            mode http
        .if feature(X)
            timeout server 3s
        .endif

        backend two
            default option redispatch

        backend three from base
            timeout server 4s
        .if 1
            timeout server 5s
        .else
            timeout server 6s
        .endif

        frontend four from nowhere
            maxconn 10

        """;

    private static HaproxyConfig Config => HaproxyConfig.Parse(Text);

    [Fact]
    public void A_value_of_the_proxy_itself_counts_first()
    {
        var backend = Config.Backends["one"];
        Assert.Equal(("first", EffectiveSourceKind.Own), (backend.Effective.Balance.Value, backend.Effective.Balance.Source.Kind));
        Assert.Same(backend.Directives["balance"][0], backend.Effective.Balance.Source.Directive);
        Assert.Equal("line 13, backend one", backend.Effective.Balance.Source.ToString());
    }

    [Fact]
    public void Without_from_the_last_defaults_before_count_and_what_they_name()
    {
        var config = Config;
        var effective = config.Backends["one"].Effective;
        Assert.Equal((TimeSpan.FromSeconds(2), "named"), (effective.Timeouts.Server.Value, effective.Timeouts.Server.Source.Section!.Name));
        Assert.Equal((TimeSpan.FromSeconds(9), "base"), (effective.Timeouts.Connect.Value, effective.Timeouts.Connect.Source.Section!.Name));
        Assert.Equal((7, false), (effective.Retries.Value, effective.Options["httplog"].Value));
        Assert.Equal(ProxyMode.Http, config.Backends["two"].Effective.Mode.Value);
        Assert.Null(config.Backends["two"].Effective.Timeouts.Connect.Value);
    }

    [Fact]
    public void What_nothing_says_is_built_in()
    {
        var effective = Config.Backends["two"].Effective;
        Assert.Equal(("roundrobin", 3, "safe"), (effective.Balance.Value, effective.Retries.Value, effective.HttpReuse.Value));
        Assert.Equal(EffectiveSourceKind.BuiltIn, effective.Balance.Source.Kind);
        Assert.Equal("built in", effective.Balance.Source.ToString());
        Assert.Equal(ProxyMode.Tcp, new HaproxyConfig().Backends.Add("x").Effective.Mode.Value);
        Assert.Equal((null, EffectiveSourceKind.Own), (effective.Options["redispatch"].Value, effective.Options["redispatch"].Source.Kind));
    }

    [Fact]
    public void Lines_of_which_conditions_decide_are_told_apart()
    {
        var config = Config;
        Assert.Equal((null, 1), (config.Backends["two"].Effective.Timeouts.Server.Value, config.Backends["two"].Effective.Timeouts.Server.Conditional.Count));
        var three = config.Backends["three"].Effective.Timeouts.Server;
        Assert.Equal(TimeSpan.FromSeconds(4), three.Value);
        Assert.Equal(["timeout server 5s", "timeout server 6s"], three.Conditional.Select(line => line.Text.Trim()));
    }

    [Fact]
    public void Defaults_named_behind_from_count_even_when_others_stand_between()
    {
        var config = Config;
        Assert.Equal("base", config.Backends["three"].InheritsFrom!.Name);
        Assert.Null(config.Frontends["four"].InheritsFrom);
        Assert.Equal((10, null), (config.Frontends["four"].Effective.MaxConnections.Value, config.Frontends["four"].Effective.LogFormat.Value));
        Assert.Null(config.Defaults["base"].InheritsFrom);
        Assert.Equal(TimeSpan.FromSeconds(9), config.Defaults["named"].Effective.Timeouts.Connect.Value);
        config.Defaults["base"].Timeouts.Connect = TimeSpan.FromSeconds(8);
        Assert.Equal(TimeSpan.FromSeconds(8), config.Backends["three"].Effective.Timeouts["connect"].Value);
        Assert.Equal("retries 7", config.Backends["three"].Effective.Directive("retries").Value!.Text.Trim());
    }
}
