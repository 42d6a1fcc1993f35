using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Calling;

/// <summary>
/// What the sidecar reads from its environment, as written there; the names are the incumbent's where it has them.
/// </summary>
public sealed class PhoneHomeCallerOptions
{
    /// <summary>
    /// <c>WEBHOOK</c>: the webhook's URL. Without a path it means <c>/v1/phone-home</c>; with the path
    /// <c>/hooks/update-haproxy</c> the incumbent's format is spoken, otherwise ours.
    /// </summary>
    public string? Webhook { get; set; }

    /// <summary><c>WEBHOOK_TOKEN</c>: the token. Either this or <see cref="TokenFile"/> is needed.</summary>
    public string? Token { get; set; }

    /// <summary><c>WEBHOOK_TOKEN_FILE</c>: a file that holds the token; it is read before every call.</summary>
    public string? TokenFile { get; set; }

    /// <summary>
    /// <c>WEBHOOK_CA_FILE</c>: certificates in PEM that alone are trusted; null trusts what the system trusts.
    /// </summary>
    public string? CaFile { get; set; }

    /// <summary><c>FRONTEND_PORT</c>: the port on which HAProxy shall listen, in plain digits.</summary>
    public string? FrontendPort { get; set; }

    /// <summary><c>BACKEND_PORT</c>: the NodePort, in plain digits.</summary>
    public string? BackendPort { get; set; }

    /// <summary><c>NAME</c>: the mapping's name.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// <c>REPEAT_INTERVAL</c>: the time between calls in seconds, or with <c>s</c>, <c>m</c>, <c>h</c> behind the
    /// number; a day
    /// at most. <c>once</c> calls once and ends.
    /// </summary>
    /// <value>60</value>
    public string? RepeatInterval { get; set; }

    /// <summary>
    /// <c>SEND_PROXY</c>: the PROXY protocol, in the words of <see cref="IncumbentRequest.SendProxy"/>.
    /// </summary>
    public string? SendProxy { get; set; }

    /// <summary><c>NODE_ADDRESS</c>: the node's address as a canonical IP literal.</summary>
    public string? NodeAddress { get; set; }

    /// <summary>
    /// <c>NODE_ADDRESS_FROM</c>: the URL of a service that answers the node's address as text; it is asked before
    /// every call.
    /// Without it and <see cref="NodeAddress"/> the webhook uses the address that the call comes from.
    /// </summary>
    public string? NodeAddressFrom { get; set; }

    /// <summary><c>NODE_NAME</c>: the node's name.</summary>
    public string? NodeName { get; set; }

    /// <summary><c>POD_UID</c>: the pod's uid. Without it the process makes up an identifier for its life.</summary>
    public string? PodUid { get; set; }

    /// <summary>The first argument: <c>add</c>, or <c>delete</c>, which calls once and ends.</summary>
    /// <value><c>add</c></value>
    public string? Action { get; set; }
}
