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
    /// <c>WEBHOOK_TOKEN_ID</c>: the token's id. With it calls are signed, and the token itself does not travel; <see cref="Webhook"/> is then a URL by
    /// which the webhook knows itself.
    /// </summary>
    public string? TokenId { get; set; }

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

    /// <summary><c>WEIGHT</c>: the node's share of the connections, 1 to 256. This and all that follows needs our format.</summary>
    public string? Weight { get; set; }

    /// <summary><c>BIND_ADDRESS</c>: the balancer's address on which HAProxy listens.</summary>
    public string? BindAddress { get; set; }

    /// <summary><c>CHECK</c>: <c>tcp</c>, <c>http</c> or <c>none</c>. See <see cref="PhoneHomeCheck"/>.</summary>
    public string? Check { get; set; }

    /// <summary><c>CHECK_PATH</c>: what a check by HTTP asks for.</summary>
    public string? CheckPath { get; set; }

    /// <summary><c>CHECK_INTERVAL</c>: the time between two checks, in seconds or with a unit.</summary>
    public string? CheckInterval { get; set; }

    /// <summary><c>CHECK_TIMEOUT</c>: how long an answer is waited for, in seconds or with a unit.</summary>
    public string? CheckTimeout { get; set; }

    /// <summary><c>CHECK_FALL</c>: how many failed checks take a node out.</summary>
    public string? CheckFall { get; set; }

    /// <summary><c>CHECK_RISE</c>: how many good checks bring a node back.</summary>
    public string? CheckRise { get; set; }

    /// <summary><c>BALANCE</c>: <c>roundrobin</c>, <c>leastconn</c>, <c>random</c> or <c>source</c>.</summary>
    public string? Balance { get; set; }

    /// <summary><c>STICKY</c>: how long a client stays with its node, in seconds or with a unit.</summary>
    public string? Sticky { get; set; }

    /// <summary><c>MAX_CONNECTIONS</c>: how many connections are taken at once.</summary>
    public string? MaxConnections { get; set; }

    /// <summary><c>DRAIN</c>: how long connections of a node that goes may last, in seconds or with a unit.</summary>
    public string? Drain { get; set; }

    /// <summary>The first argument: <c>add</c>, or <c>delete</c>, which calls once and ends.</summary>
    /// <value><c>add</c></value>
    public string? Action { get; set; }
}
