namespace HaproxyKit.PhoneHome.Contract;

/// <summary>The bounds of the contract.</summary>
public static class PhoneHomeLimits
{
    /// <summary>The longest request body that is read, in bytes.</summary>
    public const int MaxBodyBytes = 16 * 1024;

    /// <summary>The longest name of a mapping, in characters.</summary>
    public const int MaxNameLength = 63;

    /// <summary>The longest name of a node, in characters.</summary>
    public const int MaxNodeLength = 253;

    /// <summary>The longest identifier of an instance, in characters.</summary>
    public const int MaxInstanceLength = 128;

    /// <summary>The shortest lease, in seconds.</summary>
    public const int MinLeaseSeconds = 10;

    /// <summary>The longest lease, in seconds: a week.</summary>
    public const int MaxLeaseSeconds = 7 * 24 * 60 * 60;

    /// <summary>How many wrong fields one answer names at most.</summary>
    public const int MaxProblems = 32;

    /// <summary>How many pods of one node are remembered, those announced last.</summary>
    public const int MaxInstancesOfNode = 16;

    /// <summary>The least weight of a node.</summary>
    public const int MinWeight = 1;

    /// <summary>The greatest weight of a node.</summary>
    public const int MaxWeight = 256;

    /// <summary>The longest path of a check, in characters.</summary>
    public const int MaxCheckPathLength = 255;

    /// <summary>How many checks in a row may be asked for at most, good or failed.</summary>
    public const int MaxCheckCount = 100;

    /// <summary>The greatest limit of connections.</summary>
    public const int MaxConnections = 1_000_000;

    /// <summary>The shortest interval and timeout of a check.</summary>
    public static readonly TimeSpan MinCheckTime = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest interval and timeout of a check.</summary>
    public static readonly TimeSpan MaxCheckTime = TimeSpan.FromHours(1);

    /// <summary>The shortest time for which a client stays with its node.</summary>
    public static readonly TimeSpan MinStickiness = TimeSpan.FromSeconds(1);

    /// <summary>The longest time for which a client stays with its node.</summary>
    public static readonly TimeSpan MaxStickiness = TimeSpan.FromDays(7);

    /// <summary>The longest time that connections of a node that goes are given.</summary>
    public static readonly TimeSpan MaxDrainTime = TimeSpan.FromHours(1);
}
