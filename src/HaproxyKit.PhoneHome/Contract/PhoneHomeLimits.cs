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
}
