using HaproxyKit.Catalog;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>Which kinds of sections a name of a kind can mean: the one table of what refers to what.</summary>
internal static class ReferenceKinds
{
    private static readonly (ValueKind Name, SectionKind[] Sections)[] Table =
    [
        (ValueKind.BackendName, [SectionKind.Backend, SectionKind.Listen]),
        (ValueKind.FrontendName, [SectionKind.Frontend, SectionKind.Listen]),
        (ValueKind.TrackTable, [SectionKind.Backend, SectionKind.Frontend, SectionKind.Listen]),
        (ValueKind.DefaultsName, [SectionKind.Defaults]),
        (ValueKind.ResolversName, [SectionKind.Resolvers]),
        (ValueKind.PeersName, [SectionKind.Peers]),
        (ValueKind.UserlistName, [SectionKind.Userlist]),
        (ValueKind.CacheName, [SectionKind.Cache]),
        (ValueKind.RingName, [SectionKind.Ring]),
        (ValueKind.MailersName, [SectionKind.Mailers]),
        (ValueKind.HttpErrorsName, [SectionKind.HttpErrors]),
        (ValueKind.FcgiAppName, [SectionKind.FcgiApp]),
        (ValueKind.LogProfileName, [SectionKind.LogProfile]),
        (ValueKind.CrtStoreName, [SectionKind.CrtStore]),
        (ValueKind.HealthcheckName, [SectionKind.Healthcheck]),
        (ValueKind.AcmeName, [SectionKind.Acme]),
    ];

    /// <summary>The kinds of sections that a name of a kind can mean; none where it means no section.</summary>
    internal static IReadOnlyList<SectionKind> SectionsNamedBy(ValueKind kind) =>
        Table.FirstOrDefault(row => row.Name == kind).Sections ?? [];

    /// <summary>Whether a name of a kind can mean a section of another.</summary>
    internal static bool CanMean(ValueKind name, SectionKind section) => SectionsNamedBy(name).Contains(section);

    /// <summary>Whether a name of a kind is looked for.</summary>
    internal static bool IsReference(ValueKind kind) =>
        kind is ValueKind.AclName or ValueKind.ServerName or ValueKind.MapFile or ValueKind.AclFile || SectionsNamedBy(kind).Count > 0;
}
