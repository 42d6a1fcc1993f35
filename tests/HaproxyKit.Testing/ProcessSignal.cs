namespace HaproxyKit.Testing;

/// <summary>The signals that tests send to HAProxy, by their numbers on Linux.</summary>
public enum ProcessSignal
{
    /// <summary>SIGKILL: ends a process at once.</summary>
    Kill = 9,

    /// <summary>SIGUSR1: a worker stops listening and ends with its last session.</summary>
    User1 = 10,

    /// <summary>SIGUSR2: the master loads its configuration again.</summary>
    User2 = 12,

    /// <summary>SIGTERM: ends the master and its workers.</summary>
    Terminate = 15,

    /// <summary>SIGCONT: lets a process that was paused go on.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: pauses a process, as a machine that hangs would.</summary>
    Pause = 19,
}
