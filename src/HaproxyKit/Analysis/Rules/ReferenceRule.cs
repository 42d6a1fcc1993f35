using HaproxyKit.Catalog;

namespace HaproxyKit.Analysis.Rules;

/// <summary>HK3104: what a line refers to by its name exists nowhere; looked at when all lines are read.</summary>
internal sealed class ReferenceRule : IValueRule
{
    public ReadOnlySpan<ValueKind> Kinds =>
    [
        ValueKind.BackendName, ValueKind.ResolversName, ValueKind.PeersName, ValueKind.UserlistName, ValueKind.CacheName,
        ValueKind.RingName, ValueKind.MailersName, ValueKind.HttpErrorsName, ValueKind.FcgiAppName, ValueKind.LogProfileName,
        ValueKind.HealthcheckName, ValueKind.AcmeName, ValueKind.TrackTable, ValueKind.ServerName,
    ];

    public void Check(in ValueContext value)
    {
        if (value.Value.Contains((byte)'%') && value.Slot.Kind is ValueKind.BackendName or ValueKind.ServerName)
        {
            return;
        }

        value.Line.Run.Refer(SymbolOf(value.Slot.Kind), value.Value, value, value.Entry);
    }

    private static SymbolKind SymbolOf(ValueKind kind) => kind switch
    {
        ValueKind.BackendName => SymbolKind.Backend,
        ValueKind.ResolversName => SymbolKind.Resolvers,
        ValueKind.PeersName => SymbolKind.Peers,
        ValueKind.UserlistName => SymbolKind.Userlist,
        ValueKind.CacheName => SymbolKind.Cache,
        ValueKind.RingName => SymbolKind.Ring,
        ValueKind.MailersName => SymbolKind.Mailers,
        ValueKind.HttpErrorsName => SymbolKind.HttpErrors,
        ValueKind.FcgiAppName => SymbolKind.FcgiApp,
        ValueKind.LogProfileName => SymbolKind.LogProfile,
        ValueKind.HealthcheckName => SymbolKind.Healthcheck,
        ValueKind.AcmeName => SymbolKind.Acme,
        ValueKind.ServerName => SymbolKind.Server,
        _ => SymbolKind.Table,
    };
}
