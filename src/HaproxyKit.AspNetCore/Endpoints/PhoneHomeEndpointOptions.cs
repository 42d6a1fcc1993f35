namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>How the endpoints answer.</summary>
public sealed class PhoneHomeEndpointOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "PhoneHome:Endpoints";

    /// <summary>How long a call waits for HAProxy to follow before it is answered with 503; the work goes on.</summary>
    /// <value>10 seconds; from 1 second to 1 minute.</value>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What <c>Retry-After</c> says where HAProxy cannot follow at the moment.</summary>
    /// <value>5 seconds; from 1 second to 1 hour.</value>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many event streams may be open at once.</summary>
    /// <value>64; from 0 to 10000.</value>
    public int MaxEventStreams { get; set; } = 64;

    /// <summary>How many event streams one owner may have open at once.</summary>
    /// <value>8; from 0 to 10000.</value>
    public int MaxEventStreamsPerOwner { get; set; } = 8;

    /// <summary>How long an event stream lives; then its client comes again, and its token is judged anew.</summary>
    /// <value>15 minutes; from 1 second to 1 day.</value>
    public TimeSpan EventStreamLifetime { get; set; } = TimeSpan.FromMinutes(15);
}
