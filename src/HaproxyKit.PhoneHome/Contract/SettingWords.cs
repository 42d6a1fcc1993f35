using System.Buffers;
using HaproxyKit.Expressions;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>The words in which settings are written, in calls as in HAProxy's file.</summary>
internal static class SettingWords
{
    private static readonly (string Word, BalanceMethod Method)[] Methods =
    [
        ("roundrobin", BalanceMethod.RoundRobin), ("leastconn", BalanceMethod.LeastConnections),
        ("random", BalanceMethod.Random), ("source", BalanceMethod.Source),
    ];

    private static readonly (string Word, HealthCheckKind Kind)[] Kinds =
        [("tcp", HealthCheckKind.Tcp), ("http", HealthCheckKind.Http), ("none", HealthCheckKind.None)];

    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._~-?=&%+:,@");

    /// <summary>HAProxy's word for a way of choosing.</summary>
    internal static string Of(BalanceMethod method) => Array.Find(Methods, pair => pair.Method == method).Word;

    /// <summary>The word for a kind of check.</summary>
    internal static string Of(HealthCheckKind kind) => Array.Find(Kinds, pair => pair.Kind == kind).Word;

    internal static BalanceMethod? ReadBalance(string text) =>
        Array.FindIndex(Methods, pair => string.Equals(pair.Word, text, StringComparison.Ordinal)) is >= 0 and var i ? Methods[i].Method : null;

    internal static HealthCheckKind? ReadKind(string text) =>
        Array.FindIndex(Kinds, pair => string.Equals(pair.Word, text, StringComparison.Ordinal)) is >= 0 and var i ? Kinds[i].Kind : null;

    /// <summary>True for a path whose every character HAProxy, a comment and a log take as it is.</summary>
    internal static bool IsPath(ReadOnlySpan<char> text) =>
        text is ['/', ..] && text.Length <= PhoneHomeLimits.MaxCheckPathLength && !text.ContainsAnyExcept(PathCharacters);

    /// <summary>A time of whole milliseconds: plain digits are seconds, as in every number of a call; otherwise its unit stands behind it.</summary>
    internal static bool TryReadTime(string text, out TimeSpan time) =>
        HaproxyTime.TryParse(text, out time, "s") && time.Ticks % TimeSpan.TicksPerMillisecond == 0;
}
