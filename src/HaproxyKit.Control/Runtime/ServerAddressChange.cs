namespace HaproxyKit.Control.Runtime;

/// <summary>HAProxy's answer to a new address for a server.</summary>
/// <param name="Address">The answer to <c>set server ... addr</c>.</param>
/// <param name="Health">The answer to <c>set server ... health up</c>, or null where it was not sent.</param>
public sealed record ServerAddressChange(RuntimeChange Address, RuntimeChange? Health)
{
    /// <summary>Whether the server has the address now, and, where asked for, counts as up.</summary>
    public bool IsSuccess => Address.IsSuccess && Health is null or { IsSuccess: true };

    /// <summary>What HAProxy refused, in its own words, or null where it refused nothing.</summary>
    public string? Refusal => !Address.IsSuccess ? Address.Message : Health is { IsSuccess: false } health ? health.Message : null;
}
