using System.Reflection;
using HaproxyKit.Model;
using HaproxyKit.Model.Properties;

namespace HaproxyKit.Tests.Model;

/// <summary>One typed property of the model with a place where it can be tried.</summary>
/// <param name="Owner">The type of line or section that has the property.</param>
/// <param name="Name">The property's name.</param>
/// <param name="Description">What the model knows about it.</param>
internal sealed record TypedProperty(Type Owner, string Name, ConfigProperty Description)
{
    /// <summary>Lines of every type that has properties: as short as can be, and with much in them.</summary>
    private static readonly Dictionary<Type, (string Header, string[] Lines)> Lines = new()
    {
        [typeof(Server)] = ("backend b", ["server s1 10.0.0.1:80", "server  s1 10.0.0.1:80\tcheck  weight 10 cookie 'a b' brand-new no-check # c", "server s1 10.0.0.1:80 send-proxy inter 2s disabled enabled"]),
        [typeof(ServerTemplate)] = ("backend b", ["server-template s 1-4 name:80", "server-template s 3 name:80 check resolvers dns # c"]),
        [typeof(DefaultServer)] = ("backend b", ["default-server", "default-server inter 2s check # c"]),
        [typeof(Bind)] = ("frontend f", ["bind :80", "bind :443,:444 ssl crt 'a b.pem' crt c.pem alpn h2 # c"]),
        [typeof(StatsSocket)] = ("global", ["stats socket /run/a.sock", "stats socket /run/a.sock mode 600 level admin # c"]),
        [typeof(DatagramBind)] = ("log-forward l", ["dgram-bind :514", "dgram-bind :514 name n # c"]),
        [typeof(Acl)] = ("frontend f", ["acl a src", "acl a path -i -m beg /x /y # c"]),
        [typeof(UseBackend)] = ("frontend f", ["use_backend b", "use_backend b if { path /x } # c"]),
        [typeof(UseServer)] = ("backend b", ["use-server s1", "use-server s1 unless a # c"]),
        [typeof(Rule)] = ("frontend f", ["http-request deny", "http-request set-header X y if a # c", "tcp-request connection reject if a", "http-response brand-new x"]),
        [typeof(ProxyOption)] = ("frontend f", ["option forwardfor", "option forwardfor except 127.0.0.1 # c"]),
        [typeof(ProxyTimeout)] = ("frontend f", ["timeout client 1s", "timeout  client  50000 # c"]),
        [typeof(HashType)] = ("backend b", ["hash-type map-based", "hash-type consistent sdbm avalanche # c", "hash-type consistent wt6"]),
        [typeof(PersistenceCookie)] = ("backend b", ["cookie C", "cookie C insert domain a domain b maxidle 30m # c"]),
        [typeof(LogTarget)] = ("frontend f", ["log /dev/log", "log 10.0.0.1:514 len 200 format raw local0 notice # c", "log global"]),
        [typeof(Capture)] = ("frontend f", ["capture cookie C len 10", "capture request header X len 20 # c", "declare capture request len 3"]),
        [typeof(Filter)] = ("frontend f", ["filter compression", "filter spoe engine e config f # c"]),
        [typeof(ErrorFile)] = ("frontend f", ["errorfile 503 /a", "errorfile 400 '/a b' # c"]),
        [typeof(HttpError)] = ("frontend f", ["http-error status 503", "http-error status 503 content-type text/plain string 'a b' # c"]),
        [typeof(Redirect)] = ("frontend f", ["redirect scheme https", "redirect location /x code 301 drop-query if a # c"]),
        [typeof(ProxySource)] = ("backend b", ["source 10.0.0.1", "source 10.0.0.1:0 usesrc client interface eth0 # c"]),
        [typeof(Stick)] = ("backend b", ["stick on src", "stick match src table t if a # c"]),
        [typeof(StickTable)] = ("backend b", ["stick-table", "stick-table type string len 32 size 1m store gpc0,conn_cur expire 1m # c"]),
        [typeof(Peer)] = ("peers p", ["peer a 10.0.0.1:1000", "peer a 10.0.0.1:1000 shard 2 # c"]),
        [typeof(PeersTable)] = ("peers p", ["table t", "table t type ip size 1m # c"]),
        [typeof(Mailer)] = ("mailers m", ["mailer a 10.0.0.1:25", "mailer a b:25 # c"]),
        [typeof(Nameserver)] = ("resolvers r", ["nameserver a 10.0.0.1:53", "nameserver a tcp@10.0.0.1:53 # c"]),
        [typeof(UserlistUser)] = ("userlist u", ["user a", "user a password $5$x groups g,h # c"]),
        [typeof(UserlistGroup)] = ("userlist u", ["group g", "group g users a,b # c"]),
        [typeof(CertificateLoad)] = ("crt-store s", ["load", "load crt a.pem key 'b c' ocsp-update on # c"]),
        [typeof(LogStep)] = ("log-profile p", ["on any", "on close drop format '%ci a' # c"]),
    };

    private static readonly Dictionary<Type, string[]> Headers = new()
    {
        [typeof(ProxySection)] = ["frontend x", "defaults", "backend x"],
        [typeof(FrontendSettings)] = ["frontend x", "listen x", "defaults"],
        [typeof(BackendSettings)] = ["backend x", "listen x", "defaults x from y"],
        [typeof(GlobalSsl)] = ["global"],
        [typeof(TuneSet)] = ["global"],
        [typeof(StatsSettings)] = ["frontend x", "listen x"],
        [typeof(EmailAlertSettings)] = ["backend x"],
        [typeof(CompressionSettings)] = ["backend x"],
        [typeof(TimeoutSet)] = ["backend x", "resolvers x"],
        [typeof(Global)] = ["global"],
        [typeof(Peers)] = ["peers x"],
        [typeof(Resolvers)] = ["resolvers x"],
        [typeof(Cache)] = ["cache x"],
        [typeof(Ring)] = ["ring x"],
        [typeof(LogForward)] = ["log-forward x"],
        [typeof(LogProfile)] = ["log-profile x"],
        [typeof(FcgiApp)] = ["fcgi-app x"],
        [typeof(CrtStore)] = ["crt-store x"],
        [typeof(ProgramSection)] = ["program x"],
        [typeof(Acme)] = ["acme x"],
        [typeof(Healthcheck)] = ["healthcheck x"],
    };

    /// <summary>Every property that the model describes, found by reflection.</summary>
    internal static IReadOnlyList<TypedProperty> All { get; } =
    [
        .. typeof(HaproxyConfig).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(field => typeof(ConfigProperty).IsAssignableFrom(field.FieldType))
            .SelectMany(field => Owners(field.DeclaringType!).Select(owner =>
                new TypedProperty(owner, field.Name[..^"Property".Length], (ConfigProperty)field.GetValue(null)!)))
            .OrderBy(property => property.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>Texts in which the property can be tried, each with the place of its line or header, from 0.</summary>
    internal IEnumerable<(string Text, int Line)> Places() =>
        Lines.TryGetValue(Owner, out var lines)
            ? lines.Lines.SelectMany(line => new[]
            {
                ($"global\n{lines.Header}\n  first x # 1\n\t{line}\n\n# of the next\nbackend next\n".Replace("global\nglobal", "global"), lines.Header == "global" ? 2 : 3),
                ($"{lines.Header}\r\n{line}\r\n  last y", 1),
            })
            : Headers[Owner].SelectMany(header => new[]
            {
                ($"{header}\n", 0),
                ($"# c\n{header} # d\n\tunknown x # e\n\n.if 1\n\tother y\n.endif\n\nbackend next\n  mode tcp\n", 1),
            });

    /// <summary>The line or section in a configuration.</summary>
    internal object TargetIn(HaproxyConfig config, int line) =>
        Lines.ContainsKey(Owner)
            ? config.Sections.SelectMany(section => section.Directives).Single(directive => directive.LineNumber == line + 1)
            : config.Sections.Single(section => section.LineNumber == line + 1);

    /// <summary>The member by which a user sets the property.</summary>
    internal MethodInfo? Setter() =>
        Owner is { IsAbstract: true, IsSealed: true } ? Owner.GetMethod($"set_{Name}") : Owner.GetProperty(Name)?.SetMethod;

    public override string ToString() => $"{Owner.Name}.{Name}";

    private static IEnumerable<Type> Owners(Type declaring) =>
        typeof(Directive).IsAssignableFrom(declaring) ? Lines.Keys.Where(declaring.IsAssignableFrom)
        : Headers.ContainsKey(declaring) ? [declaring]
        : throw new InvalidOperationException($"No place to try the properties of {declaring}");
}
