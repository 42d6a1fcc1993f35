using System.Collections.Frozen;
using System.Collections.Immutable;
using HaproxyKit.Control.Planning;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>A change of a configuration that HAProxy shall follow.</summary>
public sealed record DeploymentRequest
{
    /// <summary>The change. It is applied to whatever the file holds, again where somebody else has written meanwhile, so it must not depend on when it runs.</summary>
    public required Func<ConfigDocument, ConfigDocument> Edit { get; init; }

    /// <summary>
    /// The reverse change, applied to whatever the file holds when HAProxy does not follow; null for a <see cref="ReverseEdit"/>, which undoes
    /// what <see cref="Edit"/> did where it still stands.
    /// </summary>
    public Func<ConfigDocument, ConfigDocument>? Undo { get; init; }

    /// <summary>
    /// The map, acl and certificate files that change with it, by full paths as the configuration names them. They are written before HAProxy
    /// is asked about the configuration, and put back where the change is refused or undone.
    /// </summary>
    public ImmutableArray<ReferencedFile> Files { get; init; } = [];

    /// <summary>How long sessions of servers that go may last; with zero they are cut at once.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan DrainGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The content hash of the revision that the change is for; with another one in the file nothing is done and the change is rejected. Null
    /// for whatever the file holds.
    /// </summary>
    public string? ExpectedRevision { get; init; }

    /// <summary>
    /// The frontends and listen sections, of those that <see cref="IsManaged"/> names, that shall take no connections although no line says so: they
    /// are closed at run time (<c>disable frontend</c>, management guide, 9.3), again after every reload, and opened without one.
    /// </summary>
    /// <value>None.</value>
    public IReadOnlySet<string> ClosedFrontends { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Whether it takes back what HAProxy refused afterwards: it is not asked about again.</summary>
    internal bool IsReversal { get; init; }

    /// <summary>
    /// The proxies by name that must run exactly as the file says, whoever changed them. Of all others only what this change names is touched.
    /// </summary>
    public Func<string, bool> IsManaged { get; init; } = static _ => false;

    /// <summary>
    /// Tells by backend and name of a server, of those that <see cref="IsManaged"/> names, that is out of service at present, whether that is by the
    /// caller's own doing: then it is put in service where its line says so, and not kept out over a reload. Where it is not, it is the operator's
    /// word, and stays. Null where the caller does not know, so that the file tells.
    /// </summary>
    /// <value>Null for each.</value>
    public Func<string, string, bool?> IsOwnMaintenance { get; init; } = static (_, _) => null;
}
