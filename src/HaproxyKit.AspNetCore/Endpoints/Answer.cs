using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>What a call is answered: the truth that HAProxy serves it, a plan, or a problem.</summary>
internal sealed record Answer
{
    /// <summary>The body of a success, or null.</summary>
    internal PhoneHomeAnswer? Success { get; init; }

    /// <summary>The body of a plan, or null.</summary>
    internal PlanEntry? Plan { get; init; }

    /// <summary>The body of a problem, or null.</summary>
    internal PhoneHomeProblem? Problem { get; init; }

    /// <summary>When to ask again, or null.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>The status code.</summary>
    internal int Status => Problem?.Status ?? 200;
}
