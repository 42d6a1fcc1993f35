namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>What a token may ask for.</summary>
[Flags]
public enum TokenActions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>That a mapping be there.</summary>
    Add = 1,

    /// <summary>That a mapping, or an instance of it, be gone.</summary>
    Delete = 2,

    /// <summary>Which mappings its owner has.</summary>
    List = 4,
}
