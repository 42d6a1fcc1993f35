using System.Net;

namespace HaproxyKit.Control.Deployment;

/// <summary>A server as the running HAProxy has it.</summary>
/// <param name="Address">Its address, or null where it has none yet or is a unix socket.</param>
/// <param name="Port">Its port.</param>
/// <param name="IsDown">Whether its checks hold it down.</param>
/// <param name="IsInMaintenance">Whether somebody has taken it out by hand, or drains it.</param>
public sealed record RunningServer(IPAddress? Address, int Port, bool IsDown, bool IsInMaintenance);
