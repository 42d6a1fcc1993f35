namespace HaproxyKit.PhoneHome.Contract;

/// <summary>Why a frontend port cannot be had.</summary>
public enum ConflictReason
{
    /// <summary>A mapping of another name has it.</summary>
    AnotherName,

    /// <summary>A mapping of another owner has it.</summary>
    AnotherOwner,

    /// <summary>The operator's own lines bind it.</summary>
    Operator,

    /// <summary>Another program on the machine listens on it, the kernel gives it to outgoing connections, or it cannot be bound for another reason.</summary>
    AnotherProgram,

    /// <summary>It is the webhook's own, the SSH server's or that of one of HAProxy's control sockets, whether anybody listens there now or not.</summary>
    Reserved,
}
