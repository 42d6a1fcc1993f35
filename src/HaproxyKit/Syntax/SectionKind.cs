namespace HaproxyKit.Syntax;

/// <summary>The kinds of sections of all HAProxy versions (configuration manual, chapters 2 to 12).</summary>
public enum SectionKind : byte
{
    /// <summary>The lines before the first section.</summary>
    None,

    /// <summary><c>global</c>.</summary>
    Global,

    /// <summary><c>defaults</c>.</summary>
    Defaults,

    /// <summary><c>frontend</c>.</summary>
    Frontend,

    /// <summary><c>backend</c>.</summary>
    Backend,

    /// <summary><c>listen</c>.</summary>
    Listen,

    /// <summary><c>userlist</c>.</summary>
    Userlist,

    /// <summary><c>peers</c>.</summary>
    Peers,

    /// <summary><c>mailers</c>.</summary>
    Mailers,

    /// <summary><c>namespace_list</c>.</summary>
    NamespaceList,

    /// <summary><c>resolvers</c>.</summary>
    Resolvers,

    /// <summary><c>cache</c>.</summary>
    Cache,

    /// <summary><c>ring</c>.</summary>
    Ring,

    /// <summary><c>log-forward</c>.</summary>
    LogForward,

    /// <summary><c>log-profile</c>, from 3.1 on.</summary>
    LogProfile,

    /// <summary><c>http-errors</c>.</summary>
    HttpErrors,

    /// <summary><c>fcgi-app</c>.</summary>
    FcgiApp,

    /// <summary><c>crt-store</c>, from 3.0 on.</summary>
    CrtStore,

    /// <summary><c>acme</c>, from 3.2 on.</summary>
    Acme,

    /// <summary><c>traces</c>, from 3.1 on.</summary>
    Traces,

    /// <summary><c>healthcheck</c>, from 3.3 on.</summary>
    Healthcheck,

    /// <summary><c>program</c>, up to 3.2.</summary>
    Program,

    /// <summary><c>spoe-agent</c>, in files of the stream processing filter.</summary>
    SpoeAgent,

    /// <summary><c>spoe-group</c>, in files of the stream processing filter.</summary>
    SpoeGroup,

    /// <summary><c>spoe-message</c>, in files of the stream processing filter.</summary>
    SpoeMessage,
}
