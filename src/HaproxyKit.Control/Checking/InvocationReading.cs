using System.Diagnostics.CodeAnalysis;

namespace HaproxyKit.Control.Checking;

/// <summary>How a running HAProxy was started, or why that cannot be known.</summary>
public sealed record InvocationReading
{
    /// <summary>How it was started, or null.</summary>
    public HaproxyInvocation? Invocation { get; init; }

    /// <summary>Why it cannot be known, as a sentence, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether it is known.</summary>
    [MemberNotNullWhen(true, nameof(Invocation))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsKnown => Invocation is not null;
}
