using System.Text.Json.Serialization;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>
/// A call as the incumbent's client writes it, to <c>/hooks/update-haproxy</c>: every value is a string, nothing has
/// been
/// judged yet.
/// </summary>
/// <remarks>Unknown members are ignored; a member that stands twice, or that is not a string, is refused.</remarks>
public sealed record IncumbentRequest
{
    /// <summary>
    /// The node's address as a canonical IP literal. The client sends it empty when its look-up failed.
    /// </summary>
    [JsonPropertyName("dst-ip")]
    public string? Address { get; init; }

    /// <summary>The port on which HAProxy listens, in plain digits.</summary>
    [JsonPropertyName("frontend-port")]
    public string? FrontendPort { get; init; }

    /// <summary>The port on which the node answers, in plain digits.</summary>
    [JsonPropertyName("backend-port")]
    public string? NodePort { get; init; }

    /// <summary><c>add</c> or <c>delete</c>.</summary>
    [JsonPropertyName("action")]
    public string? Action { get; init; }

    /// <summary>The mapping's name.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>
    /// The PROXY protocol. Absent, empty, <c>false</c>, <c>no</c> and <c>0</c> mean none; <c>send-proxy</c>, <c>v1</c>,
    /// <c>true</c>, <c>yes</c> and <c>1</c> the first version; <c>send-proxy-v2</c> and <c>v2</c> the second.
    /// </summary>
    /// <remarks>The incumbent's hook dropped the value, so its clients may hold any word that says yes.</remarks>
    [JsonPropertyName("send-proxy")]
    public string? SendProxy { get; init; }
}
