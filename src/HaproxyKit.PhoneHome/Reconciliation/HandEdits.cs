namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>What becomes of a change that somebody makes by hand inside a mapping's marked sections. It is told in any case.</summary>
public enum HandEdits
{
    /// <summary>The next pass writes the sections again as the mapping says.</summary>
    Repair,

    /// <summary>The sections stay as they were edited until their mapping changes in anything.</summary>
    Respect,
}
