namespace HaproxyKit.Control.Tests.Support;

/// <summary>The branches of HAProxy that a theory runs over; one that is not on this machine skips its case.</summary>
public static class HaproxyBranches
{
    public static TheoryData<string> All => [.. HaproxyKit.Testing.HaproxyPrograms.Branches];
}
