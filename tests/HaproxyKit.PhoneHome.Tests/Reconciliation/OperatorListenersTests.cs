using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

public sealed class OperatorListenersTests
{
    [Theory]
    [InlineData("*:8443", 8443)]
    [InlineData("127.0.0.1:80,[::1]:8000-8002 ssl", 80, 8000, 8001, 8002)]
    [InlineData("/run/x:80")]
    [InlineData("\"*:${PORT}\"", 8443)]
    [InlineData("\"*:$PORT\"", 8443)]
    [InlineData("*:\"${PORT}\"", 8443)]
    [InlineData("\"127.0.0.1:${LOW}-${HIGH},:${PORT}\"", 7000, 7001, 8443)]
    [InlineData("\"${BINDS}\"", 81, 82)]
    [InlineData("\"*:${CHAINED}\"", 18443)]
    [InlineData("\"*:${PRESET}\"", 9000)]
    [InlineData("\"*:${PRESET_LATE}\"", 8443)]
    [InlineData("\"${NOT_HERE}:8555\"", 8555)]
    [InlineData("\"*:${NOT_HERE}\"")]
    [InlineData("\"*:8${NOT_HERE}\"")]
    [InlineData("\"*:8${GONE}\"", 8)]
    [InlineData("'*:${PORT}'")]
    [InlineData("\"*:${SET_BELOW}\"")]
    public void Find_knows_the_ports_of_a_bind_whose_variables_the_file_sets(string bind, params int[] ports)
    {
        var document = ConfigDocument.Parse($$"""
            global
              setenv PORT 8443
              setenv LOW 7000
              setenv HIGH 7001
              setenv BINDS 127.0.0.1:81,127.0.0.2:82
              setenv CHAINED "1${PORT}"
              presetenv PRESET 9000
              setenv PRESET_LATE "$PORT"
              presetenv PRESET_LATE 1
              setenv GONE 1
              unsetenv GONE
            frontend web
              bind {{bind}}
            frontend ours
              bind "*:$PORT"
            global
              setenv SET_BELOW 83

            """);

        var listeners = OperatorListeners.Of(document, name => name == "ours");

        Assert.Equal(ports, Enumerable.Range(1, 65_535).Where(port => listeners.Find(port) is not null));
        Assert.All(ports, port => Assert.Equal("line 13, frontend 'web'", listeners.Find(port)));
    }

    [Fact]
    public void Find_knows_sockets_and_peers_with_variables_and_none_of_other_lines()
    {
        var document = ConfigDocument.Parse("""
            global
              presetenv PORT 90
              stats socket "ipv4@127.0.0.1:${PORT}1" level admin
              log "127.0.0.1:${PORT}4" local0
            peers lb
              peer a "127.0.0.1:${PORT}2"
            backend app
              server s1 "127.0.0.1:${PORT}3"

            """);

        var listeners = OperatorListeners.Of(document, _ => false);

        Assert.Equal([901, 902], Enumerable.Range(1, 1000).Where(port => listeners.Find(port) is not null));
        Assert.Equal("line 6, peers 'lb'", listeners.Find(902));
    }

    /// <summary>What HAProxy has not loaded yet no probe of the port can tell.</summary>
    [Fact]
    public async Task Call_for_a_port_that_the_file_sets_by_a_variable_is_refused_before_HAProxy_has_loaded_it()
    {
        var port = Ports.Take();
        await using var host = await ReconcilerHost.StartAsync();
        await File.AppendAllTextAsync(host.Haproxy.ConfigPath, $"global\n  setenv PORT {port}\nfrontend later\n  bind \"127.0.0.1:${{PORT}}\"\n");
        var edited = host.File;

        var conflict = Assert.IsType<MappingOutcome.Conflict>(await host.AddAsync(port));

        Assert.Equal(ConflictReason.Operator, conflict.Reason);
        Assert.Contains("frontend 'later'", conflict.Message, StringComparison.Ordinal);
        Assert.Equal(edited, host.File);
    }
}
