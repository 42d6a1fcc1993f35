using System.Diagnostics.CodeAnalysis;

namespace HaproxyKit.Control.Checking;

/// <summary>The way in which a running HAProxy was started, or why it cannot be told.</summary>
public sealed record InvocationReading
{
    /// <summary>How HAProxy was started, or null where that could not be read.</summary>
    public HaproxyInvocation? Invocation { get; init; }

    /// <summary>Why not, or null where it could be read.</summary>
    public InvocationFault? Fault { get; init; }

    /// <summary>The same for people; empty where it could be read.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether it could be read.</summary>
    [MemberNotNullWhen(true, nameof(Invocation))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsRead => Invocation is not null;

    internal static InvocationReading Failed(InvocationFault fault, string message) =>
        new() { Fault = fault, Message = message };
}
