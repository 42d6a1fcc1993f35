namespace HaproxyKit.Control.Planning;

/// <summary>A frontend or listen section as the running HAProxy has it.</summary>
/// <param name="Status">HAProxy's word for it: <c>OPEN</c>, <c>STOP</c>, <c>PAUSED</c>.</param>
/// <param name="MaxConnections">How many connections it takes at most at once.</param>
/// <param name="Sessions">How many sessions it has now.</param>
public sealed record RunningFrontend(string Status, long? MaxConnections, long Sessions)
{
    private const string Open = "OPEN";
    private const string Paused = "PAUSED";

    /// <summary>Whether it takes connections.</summary>
    public bool IsOpen => Status == Open;

    /// <summary>Whether a command closed it (<c>disable frontend</c>), so that another one can open it.</summary>
    public bool IsPaused => Status == Paused;
}
