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
}
