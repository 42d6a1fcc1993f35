namespace HaproxyKit.PhoneHome.Contract;

/// <summary>The two ways in which a call may be written.</summary>
public enum RequestFormat
{
    /// <summary>
    /// Ours: camelCase members, numbers as numbers, unknown members refused. See <see cref="PhoneHomeRequest"/>.
    /// </summary>
    PhoneHome,

    /// <summary>
    /// The incumbent's: members with hyphens, all strings, unknown members ignored. See <see
    /// cref="IncumbentRequest"/>.
    /// </summary>
    Incumbent,
}
