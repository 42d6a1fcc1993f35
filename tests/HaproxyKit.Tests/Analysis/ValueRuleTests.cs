using HaproxyKit.Diagnostics;

namespace HaproxyKit.Tests.Analysis;

/// <summary>The rules about values, expressions and conditions.</summary>
public sealed class ValueRuleTests
{
    [Theory]
    [InlineData(DiagnosticIds.InvalidNumber, " server s2 192.0.2.2:80 weight 300", " server s2 192.0.2.2:80 weight 256")]
    [InlineData(DiagnosticIds.InvalidNumber, " server s2 192.0.2.2:80 check fall -1", " server s2 192.0.2.2:80 check fall 1")]
    [InlineData(DiagnosticIds.InvalidNumber, "global\n tune.ssl.default-dh-param abc", "global\n tune.ssl.default-dh-param 2048")]
    [InlineData(DiagnosticIds.InvalidNumber, "global\n cpu-map x 0", "global\n cpu-map 1 0")]
    [InlineData(DiagnosticIds.InvalidTime, " timeout tunnel 1x", " timeout tunnel 1h")]
    [InlineData(DiagnosticIds.InvalidTime, " timeout tunnel 25d", " timeout tunnel 24d")]
    [InlineData(DiagnosticIds.InvalidSize, " stick-table type ip size 1.5k", " stick-table type ip size 1k")]
    [InlineData(DiagnosticIds.InvalidSize, " stick-table type ip size 4g", " stick-table type ip size 1m")]
    [InlineData(DiagnosticIds.InvalidAddress, " bind 127.0.0.1", " bind 127.0.0.1:8098")]
    [InlineData(DiagnosticIds.InvalidAddress, " bind 127.0.0.1:99999", " bind [::1]:8098,127.0.0.1:8097")]
    [InlineData(DiagnosticIds.InvalidAddress, " bind [127.0.0.1:8098", " bind ipv4@127.0.0.1:8098")]
    [InlineData(DiagnosticIds.InvalidAddress, " bind ipv6@127.0.0.1:8098", " bind ipv6@::1:8098")]
    [InlineData(DiagnosticIds.InvalidAddress, " bind 300.1.1.1:8098", " bind 127.1:8098")]
    [InlineData(DiagnosticIds.InvalidAddress, " server s2 192.0.2.2:http", " server s2 192.0.2.2:+1000")]
    [InlineData(DiagnosticIds.InvalidAddress, " server s2 192.0.2.2:80-90", " server s2 [2001:db8::1]:80")]
    [InlineData(DiagnosticIds.InvalidAddress, " option originalto except 127.0.0.1x", " option originalto except 127.0.0.0/8")]
    [InlineData(DiagnosticIds.InvalidAclPattern, " acl a src 127.0.0.1x", " acl a src 127.1")]
    [InlineData(DiagnosticIds.InvalidAddress, " server s2 127.0.0.1:9201:", " server s2 127.0.0.1:9201: init-addr last,none")]
    [InlineData(DiagnosticIds.InvalidAddress, " server s2 127,0,0,1:80", " default-server init-addr none\n server s2 127,0,0,1:80")]
    [InlineData(DiagnosticIds.InvalidAddress, " server s2 300.1.1.1:80", " server s2 300.1.1.1:80\n disabled")]
    [InlineData(DiagnosticIds.InvalidAddress, " server s2 ipv6@127.0.0.1:80", " server s2 ipv6@127.0.0.1:80 resolvers default")]
    [InlineData(DiagnosticIds.InvalidNumber, " hash-balance-factor 50", " hash-balance-factor 0")]
    [InlineData(DiagnosticIds.InvalidAddress, " server s2 192.0.2.2:80 agent-addr 127.0.0.1:1", " server s2 192.0.2.2:80 agent-addr 127.0.0.1")]
    [InlineData(DiagnosticIds.InvalidAddress, " source 127.0.0.1:80-90", " server s2 192.0.2.2:80 source 127.0.0.1:80-90")]
    [InlineData(DiagnosticIds.InvalidAddress, " source udp@127.0.0.1", " source tcp@127.0.0.1")]
    [InlineData(DiagnosticIds.InvalidAddress, "log-forward l\n dgram-bind tcp@127.0.0.1:8098", "log-forward l\n dgram-bind udp@127.0.0.1:8098")]
    [InlineData(DiagnosticIds.InvalidAddress, "mailers m\n mailer m1 unix@/run/mail.sock", "mailers m\n mailer m1 127.0.0.1:25")]
    [InlineData(DiagnosticIds.InvalidAddress, "ring r\n server s1 127,0,0,1:6514", "ring r\n server s1 127.0.0.1:6514")]
    [InlineData(DiagnosticIds.InvalidAddress, " log 127.0.0.1:99999 local0", " log 127.0.0.1:514 local0")]
    [InlineData(DiagnosticIds.InvalidAddress, " option forwardfor except 127.0.0.0/33", " option forwardfor except 127.0.0.0/8")]
    [InlineData(DiagnosticIds.InvalidName, " server s/2 192.0.2.2:80", " server s_2 192.0.2.2:80")]
    [InlineData(DiagnosticIds.InvalidDigits, "global\n stats socket /tmp/hk-none.sock mode 689", "global\n stats socket /tmp/hk-none.sock mode 660")]
    [InlineData(DiagnosticIds.InvalidVariable, " http-request set-var(nowhere.x) src", " http-request set-var(txn.x) src")]
    [InlineData(DiagnosticIds.InvalidRegex, " http-request replace-header X ( y", " http-request replace-header X () y")]
    [InlineData(DiagnosticIds.InvalidRegex, " acl a path_reg [a", " acl a path_reg [a]")]
    [InlineData(DiagnosticIds.UnexpectedArgument, " errorloc 201 /x", " errorloc 503 /x")]
    [InlineData(DiagnosticIds.InvalidNumber, " http-request return status 600", " http-request return status 404")]
    [InlineData(DiagnosticIds.InvalidExpression, " http-request set-var(txn.x) req.hdr(a", " http-request set-var(txn.x) req.hdr(a)")]
    [InlineData(DiagnosticIds.UnknownSample, " http-request set-var(txn.x) req.hrd(a)", " http-request set-var(txn.x) req.hdr(a)")]
    [InlineData(DiagnosticIds.UnknownSample, " http-request set-var(txn.x) path,lowr", " http-request set-var(txn.x) path,lower")]
    [InlineData(DiagnosticIds.WrongSampleArguments, " http-request set-var(txn.x) src(1)", " http-request set-var(txn.x) src")]
    [InlineData(DiagnosticIds.WrongSampleArguments, " http-request set-var(txn.x) path,field(1)", " http-request set-var(txn.x) path,field(1,/)")]
    [InlineData(DiagnosticIds.WrongSampleArguments, " http-request set-var(txn.x) src,ipmask(33)", " http-request set-var(txn.x) src,ipmask(24)")]
    [InlineData(DiagnosticIds.SampleTypeMismatch, " http-request set-var(txn.x) bool(true),ipmask(24)", " http-request set-var(txn.x) src,ipmask(24)")]
    [InlineData(DiagnosticIds.SampleNotAvailable, " http-request set-header X %[res.hdr(a)]", " http-response set-header X %[res.hdr(a)]")]
    [InlineData(DiagnosticIds.InvalidLogFormat, " http-request set-header X 100%", " http-request set-header X 100%%")]
    [InlineData(DiagnosticIds.InvalidLogFormat, " log-format %nothing", " log-format %ci")]
    [InlineData(DiagnosticIds.InvalidCondition, " http-request deny if { src 192.0.2.1", " http-request deny if { src 192.0.2.1 }")]
    [InlineData(DiagnosticIds.InvalidCondition, " acl or src 192.0.2.1", " acl ors src 192.0.2.1")]
    [InlineData(DiagnosticIds.InvalidAclPattern, " acl a src 192.0.2.0/33", " acl a src 192.0.2.0/24")]
    [InlineData(DiagnosticIds.InvalidAclPattern, " acl a dst_port http", " acl a dst_port 80 443:444")]
    [InlineData(DiagnosticIds.InvalidAclPattern, " acl a var(txn.x) y", " acl a var(txn.x) -m str y")]
    [InlineData(DiagnosticIds.InvalidAclPattern, " acl a req.ssl_ver on", " acl a req.ssl_ver 3.1:3.3")]
    [InlineData(DiagnosticIds.InvalidPreprocessorCondition, ".if feature(\n.endif", ".if feature(OPENSSL)\n.endif")]
    public void Analyze_refuses_what_HAProxy_refuses(string id, string refused, string accepted) =>
        RuleExample.IsRefused(id, refused, accepted);

    [Fact]
    public void Analyze_warns_of_a_factor_without_digits_which_HAProxy_takes_for_0() => RuleExample.IsFound(
        DiagnosticIds.InvalidNumber, DiagnosticSeverity.Warning, " hash-balance-factor abc", " hash-balance-factor 150");
}
