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

    /// <summary>Another program on the machine listens on it, or it cannot be bound for another reason.</summary>
    AnotherProgram,

    /// <summary>The kernel gives it to outgoing connections, or it is otherwise set aside.</summary>
    Reserved,
}
