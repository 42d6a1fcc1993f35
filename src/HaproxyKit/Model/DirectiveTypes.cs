using System.Collections.Frozen;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// Which directives and sections have a type of their own. A directive's type follows from its keyword and the kind of
/// its section, which no edit changes.
/// </summary>
internal static class DirectiveTypes
{
    /// <summary>Keywords that mean the same wherever they stand.</summary>
    private static readonly FrozenDictionary<string, Func<Section, int, Directive>> Everywhere = new Dictionary<string, Func<Section, int, Directive>>(StringComparer.Ordinal)
    {
        ["server"] = (section, line) => new Server(section, line),
        ["bind"] = (section, line) => new Bind(section, line),
        ["use_backend"] = (section, line) => new UseBackend(section, line),
        ["stick-table"] = (section, line) => new StickTable(section, line),
        ["stick"] = (section, line) => new Stick(section, line),
        ["server-template"] = (section, line) => new ServerTemplate(section, line),
        ["default-server"] = (section, line) => new DefaultServer(section, line),
        ["dgram-bind"] = (section, line) => new DatagramBind(section, line),
        ["acl"] = (section, line) => new Acl(section, line),
        ["use-server"] = (section, line) => new UseServer(section, line),
        ["http-request"] = (section, line) => new Rule(section, line),
        ["http-response"] = (section, line) => new Rule(section, line),
        ["http-after-response"] = (section, line) => new Rule(section, line),
        ["tcp-request"] = (section, line) => new Rule(section, line),
        ["tcp-response"] = (section, line) => new Rule(section, line),
        ["quic-initial"] = (section, line) => new Rule(section, line),
        ["http-check"] = (section, line) => new CheckRule(section, line),
        ["tcp-check"] = (section, line) => new CheckRule(section, line),
        ["option"] = (section, line) => new ProxyOption(section, line),
        ["timeout"] = (section, line) => new ProxyTimeout(section, line),
        ["hash-type"] = (section, line) => new HashType(section, line),
        ["cookie"] = (section, line) => new PersistenceCookie(section, line),
        ["log"] = (section, line) => new LogTarget(section, line),
        ["capture"] = (section, line) => new Capture(section, line),
        ["declare"] = (section, line) => new Capture(section, line),
        ["filter"] = (section, line) => new Filter(section, line),
        ["errorfile"] = (section, line) => new ErrorFile(section, line),
        ["http-error"] = (section, line) => new HttpError(section, line),
        ["redirect"] = (section, line) => new Redirect(section, line),
        ["source"] = (section, line) => new ProxySource(section, line),
        ["peer"] = (section, line) => new Peer(section, line),
        ["mailer"] = (section, line) => new Mailer(section, line),
        ["nameserver"] = (section, line) => new Nameserver(section, line),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static Directive Create(Section section, int line)
    {
        var keyword = new KeywordReader(section.Syntax.LineSpan(line)).Keyword.ToString();
        return Everywhere.TryGetValue(keyword, out var create) ? create(section, line) : (section.Kind, keyword) switch
        {
            (SectionKind.Userlist, "user") => new UserlistUser(section, line),
            (SectionKind.Userlist, "group") => new UserlistGroup(section, line),
            (SectionKind.CrtStore, "load") => new CertificateLoad(section, line),
            (SectionKind.LogProfile, "on") => new LogStep(section, line),
            (SectionKind.Peers, "table") => new PeersTable(section, line),
            (SectionKind.Global, "stats") => new StatsSocket(section, line),
            _ => new Directive(section, line),
        };
    }

    internal static Section Create(HaproxyConfig config, int ordinal) => config.Document.GetSection(ordinal).Kind switch
    {
        SectionKind.Global => new Global(config, ordinal),
        SectionKind.Defaults => new Defaults(config, ordinal),
        SectionKind.Frontend => new Frontend(config, ordinal),
        SectionKind.Backend => new Backend(config, ordinal),
        SectionKind.Listen => new Listen(config, ordinal),
        SectionKind.Userlist => new Userlist(config, ordinal),
        SectionKind.Peers => new Peers(config, ordinal),
        SectionKind.Mailers => new Mailers(config, ordinal),
        SectionKind.Resolvers => new Resolvers(config, ordinal),
        SectionKind.Cache => new Cache(config, ordinal),
        SectionKind.Ring => new Ring(config, ordinal),
        SectionKind.LogForward => new LogForward(config, ordinal),
        SectionKind.LogProfile => new LogProfile(config, ordinal),
        SectionKind.HttpErrors => new HttpErrors(config, ordinal),
        SectionKind.FcgiApp => new FcgiApp(config, ordinal),
        SectionKind.CrtStore => new CrtStore(config, ordinal),
        SectionKind.Program => new ProgramSection(config, ordinal),
        SectionKind.Acme => new Acme(config, ordinal),
        SectionKind.Traces => new Traces(config, ordinal),
        SectionKind.Healthcheck => new Healthcheck(config, ordinal),
        _ => new Section(config, ordinal),
    };
}
