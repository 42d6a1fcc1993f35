using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What an intent makes of the wanted mappings, or why it may not.</summary>
/// <param name="Mappings">The wanted mappings afterwards.</param>
/// <param name="Change">What it is for the caller.</param>
/// <param name="Conflict">Why it may not, or null.</param>
internal sealed record MappingDecision(DesiredMappings Mappings, MappingChange Change, MappingOutcome.Conflict? Conflict = null);
