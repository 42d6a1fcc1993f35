using System.Globalization;
using System.Net;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>A server as <see cref="MemoryHaproxy"/> has it loaded, or as it was told since.</summary>
internal sealed class MemoryServer
{
    internal required string Backend { get; init; }

    internal required string Name { get; init; }

    internal required IPAddress Address { get; set; }

    internal required int Port { get; set; }

    internal required int ConfiguredWeight { get; init; }

    internal required int Weight { get; set; }

    internal ServerAdminStates Admin { get; set; }

    internal bool IsUp { get; set; } = true;

    /// <summary>Whether its checks run: those of a server that was added do only after <c>enable health</c>.</summary>
    internal bool IsChecked { get; set; } = true;

    /// <summary>The row of <c>show servers state</c>.</summary>
    internal string StateRow => string.Create(
        CultureInfo.InvariantCulture,
        $"1 {Backend} 1 {Name} {Address} {(IsUp ? 2 : 0)} {(int)Admin} {Weight} {ConfiguredWeight} 0 6 3 4 {(IsChecked ? 6 : 2)} 0 0 0 - {Port} - 0 0 - - 0");

    /// <summary>The row of <c>show stat</c>, with the columns of <see cref="MemoryHaproxy"/>.</summary>
    internal string StatRow => string.Create(
        CultureInfo.InvariantCulture, $"{Backend},{Name},0,,{(IsUp ? "UP" : "DOWN")},{Weight},2,");
}
