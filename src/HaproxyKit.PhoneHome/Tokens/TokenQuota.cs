namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>How much the owner of a token may have.</summary>
/// <param name="MaxMappings">How many mappings.</param>
/// <param name="MaxNodes">How many nodes one mapping may have.</param>
/// <param name="NewFrontendsPerHour">How many frontends may be made within an hour.</param>
public sealed record TokenQuota(int MaxMappings, int MaxNodes, int NewFrontendsPerHour)
{
    /// <summary>What a token may that says nothing else: 16 mappings, 8 nodes, 32 new frontends an hour.</summary>
    public static TokenQuota Default { get; } = new(16, 8, 32);
}
