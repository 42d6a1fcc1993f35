using System.Net;
using HaproxyKit.Expressions;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Judges the settings of a mapping, and names each that is wrong.</summary>
internal static class SettingsReader
{
    internal static MappingSettings Read(PhoneHomeSettings written, FieldProblems problems) => new()
    {
        BindAddress = ReadBindAddress(written.BindAddress, problems),
        Check = written.Check is { } check ? ReadCheck(check, problems) : null,
        Balance = ReadBalance(written.Balance, problems),
        Stickiness = ReadTime(written.Sticky, FieldNames.Sticky, PhoneHomeLimits.MinStickiness, PhoneHomeLimits.MaxStickiness, isZeroTaken: true, problems),
        MaxConnections = ReadCount(written.MaxConnections, FieldNames.MaxConnections, 0, PhoneHomeLimits.MaxConnections, problems),
        DrainTime = ReadTime(written.Drain, FieldNames.Drain, TimeSpan.Zero, PhoneHomeLimits.MaxDrainTime, isZeroTaken: true, problems),
    };

    /// <summary>Reads settings where they are kept; null where they are none that a call could have said.</summary>
    internal static MappingSettings? Read(PhoneHomeSettings? written)
    {
        var problems = new FieldProblems();
        var settings = written is null ? MappingSettings.Default : Read(written, problems);
        return problems.Count == 0 ? settings : null;
    }

    internal static int? ReadCount(int? number, string field, int least, int most, FieldProblems problems)
    {
        if (number < least || number > most)
        {
            problems.Add(field, $"must be from {least} to {most}");
        }

        return number;
    }

    private static NodeCheck ReadCheck(PhoneHomeCheck written, FieldProblems problems)
    {
        var kind = written.Kind is null
            ? written.Path is null ? HealthCheckKind.Tcp : HealthCheckKind.Http
            : SettingWords.ReadKind(written.Kind);
        if (kind is null)
        {
            problems.Add(FieldNames.CheckKind, "must be tcp, http or none");
        }

        if (written.Path is not null && kind is HealthCheckKind.Tcp or HealthCheckKind.None)
        {
            problems.Add(FieldNames.CheckPath, "has a meaning in a check by http alone");
        }
        else if (written.Path is not null && !SettingWords.IsPath(written.Path))
        {
            problems.Add(
                FieldNames.CheckPath,
                $"must be a slash, then letters, digits and / . _ ~ - ? = & % + : , @, {PhoneHomeLimits.MaxCheckPathLength} at most");
        }

        return new NodeCheck
        {
            Kind = kind ?? HealthCheckKind.Tcp,
            Path = written.Path,
            Interval = ReadTime(written.Interval, FieldNames.CheckInterval, PhoneHomeLimits.MinCheckTime, PhoneHomeLimits.MaxCheckTime, isZeroTaken: false, problems),
            Timeout = ReadTime(written.Timeout, FieldNames.CheckTimeout, PhoneHomeLimits.MinCheckTime, PhoneHomeLimits.MaxCheckTime, isZeroTaken: false, problems),
            Fall = ReadCount(written.Fall, FieldNames.CheckFall, 1, PhoneHomeLimits.MaxCheckCount, problems),
            Rise = ReadCount(written.Rise, FieldNames.CheckRise, 1, PhoneHomeLimits.MaxCheckCount, problems),
        };
    }

    private static IPAddress? ReadBindAddress(string? text, FieldProblems problems)
    {
        if (text is null)
        {
            return null;
        }

        if (!AddressText.TryRead(text, out var address, out var hint))
        {
            problems.Add(FieldNames.BindAddress, "must be an IPv4 or IPv6 address in its canonical form", hint ?? "0.0.0.0 is all of IPv4, :: all of IPv6");
        }

        return address;
    }

    private static BalanceMethod? ReadBalance(string? text, FieldProblems problems)
    {
        var method = text is null ? null : SettingWords.ReadBalance(text);
        if (text is not null && method is null)
        {
            problems.Add(FieldNames.Balance, "must be roundrobin, leastconn, random or source");
        }

        return method;
    }

    private static TimeSpan? ReadTime(string? text, string field, TimeSpan least, TimeSpan most, bool isZeroTaken, FieldProblems problems)
    {
        if (text is null)
        {
            return null;
        }

        if (SettingWords.TryReadTime(text, out var time) && ((time >= least && time <= most) || (isZeroTaken && time == TimeSpan.Zero)))
        {
            return time;
        }

        var zero = isZeroTaken && least > TimeSpan.Zero ? "0, or " : "";
        problems.Add(
            field,
            $"must be {zero}from {HaproxyTime.Format(least)} to {HaproxyTime.Format(most)}",
            "write whole seconds as a number, or a time such as 500ms, 30s, 10m");
        return null;
    }
}
