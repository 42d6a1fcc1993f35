namespace HaproxyKit.Control.Reloading;

/// <summary>The ways in which a HAProxy can be told to load its files again.</summary>
public enum ReloadStrategy
{
    /// <summary>By the master's socket where one is set, else by a signal.</summary>
    Automatic,

    /// <summary>By <c>reload</c> on the master's socket.</summary>
    MasterSocket,

    /// <summary>By SIGUSR2 to the process in the pid file.</summary>
    Signal,

    /// <summary>By <c>systemctl reload</c>.</summary>
    Systemd,

    /// <summary>By a program of the operator's.</summary>
    Command,
}
