namespace HaproxyKit.Analysis;

/// <summary>The kinds of names that lines define and refer to.</summary>
internal enum SymbolKind : byte
{
    Proxy,
    Backend,
    Frontend,
    Defaults,
    Acl,
    Server,
    Userlist,
    User,
    Group,
    Peers,
    Resolvers,
    Mailers,
    Cache,
    Ring,
    LogForward,
    LogProfile,
    HttpErrors,
    FcgiApp,
    CrtStore,
    Acme,
    Healthcheck,
    Program,
    Table,

    /// <summary>A file of patterns or of a map, which HAProxy knows by its path as it is written.</summary>
    File,
}
