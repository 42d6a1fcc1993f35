namespace HaproxyKit.PhoneHome.Contract;

/// <summary>What a caller asks for.</summary>
public enum MappingAction
{
    /// <summary>The mapping shall exist and lead to the address that the call names.</summary>
    Add,

    /// <summary>The instance, or where none is named the mapping, shall be gone.</summary>
    Delete,
}
