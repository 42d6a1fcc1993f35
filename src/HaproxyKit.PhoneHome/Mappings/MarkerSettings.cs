using System.Globalization;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>
/// The settings of a mapping in its marker: <c>bind=ADDRESS balance=WORD sticky=TIME maxconn=NUMBER drain=TIME check=KIND path=PATH inter=TIME
/// timeout=TIME fall=NUMBER rise=NUMBER</c>, of which only those stand there that somebody has said.
/// </summary>
internal static class MarkerSettings
{
    private const string Bind = "bind=";
    private const string Balance = "balance=";
    private const string Sticky = "sticky=";
    private const string MaxConnections = "maxconn=";
    private const string Drain = "drain=";
    private const string Check = "check=";
    private const string CheckPath = "path=";
    private const string CheckInterval = "inter=";
    private const string CheckTimeout = "timeout=";
    private const string CheckFall = "fall=";
    private const string CheckRise = "rise=";

    /// <summary>The words, each with a blank before it.</summary>
    internal static string Text(MappingSettings settings)
    {
        if (settings == MappingSettings.Default)
        {
            return "";
        }

        var written = PhoneHomeSettings.From(settings);
        return string.Concat(
            Word(Bind, written.BindAddress),
            Word(Balance, written.Balance),
            Word(Sticky, written.Sticky) + Word(MaxConnections, written.MaxConnections) + Word(Drain, written.Drain),
            written.Check is { } check ? Text(check) : "");
    }

    /// <summary>The settings among a marker's words; null where they are none that a call could have said.</summary>
    /// <param name="valueOf">The value of the word that begins so, or null.</param>
    internal static MappingSettings? Read(Func<string, string?> valueOf) =>
        TryCount(valueOf(MaxConnections), out var most)
        && TryCount(valueOf(CheckFall), out var fall)
        && TryCount(valueOf(CheckRise), out var rise)
            ? SettingsReader.Read(new PhoneHomeSettings
            {
                BindAddress = valueOf(Bind),
                Balance = valueOf(Balance),
                Sticky = valueOf(Sticky),
                MaxConnections = most,
                Drain = valueOf(Drain),
                Check = valueOf(Check) is not { } kind ? null : new PhoneHomeCheck
                {
                    Kind = kind,
                    Path = valueOf(CheckPath),
                    Interval = valueOf(CheckInterval),
                    Timeout = valueOf(CheckTimeout),
                    Fall = fall,
                    Rise = rise,
                },
            })
            : null;

    private static string Text(PhoneHomeCheck check) => string.Concat(
        Word(Check, check.Kind) + Word(CheckPath, check.Path),
        Word(CheckInterval, check.Interval) + Word(CheckTimeout, check.Timeout),
        Word(CheckFall, check.Fall),
        Word(CheckRise, check.Rise));

    private static string Word(string name, string? value) => value is null ? "" : $" {name}{value}";

    private static string Word(string name, int? value) => value is { } number ? string.Create(CultureInfo.InvariantCulture, $" {name}{number}") : "";

    private static bool TryCount(string? text, out int? count)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        count = isNumber ? number : null;
        return isNumber || text is null;
    }
}
