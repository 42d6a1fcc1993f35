namespace HaproxyKit.PhoneHome.Contract;

/// <summary>The <c>type</c> of each problem that an answer can tell: stable names for programs.</summary>
public static class ProblemTypes
{
    private const string Prefix = "urn:haproxykit:problem:";

    /// <summary>405: another method than the resource has.</summary>
    public const string MethodNotAllowed = Prefix + "method-not-allowed";

    /// <summary>415: the body is not declared as JSON in UTF-8.</summary>
    public const string UnsupportedMediaType = Prefix + "unsupported-media-type";

    /// <summary>413: the body is longer than <see cref="PhoneHomeLimits.MaxBodyBytes"/>.</summary>
    public const string BodyTooLarge = Prefix + "body-too-large";

    /// <summary>408: the body did not arrive in time.</summary>
    public const string BodyTimeout = Prefix + "body-timeout";

    /// <summary>401: no token, or one that is not known.</summary>
    public const string Unauthorized = Prefix + "unauthorized";

    /// <summary>401: a signed call that is no newer than the last one of its node: sign it again.</summary>
    public const string Replayed = Prefix + "replayed";

    /// <summary>429: too many calls without a valid token from this address; a valid one is taken all the same.</summary>
    public const string TooManyFailures = Prefix + "too-many-failures";

    /// <summary>429: the token's owner has as many mappings, nodes or new frontends as the token allows.</summary>
    public const string QuotaExceeded = Prefix + "quota-exceeded";

    /// <summary>400: one or more members are missing or malformed, or the body is not a JSON object.</summary>
    public const string InvalidField = Prefix + "invalid-field";

    /// <summary>403: policy forbids a port or an address.</summary>
    public const string Forbidden = Prefix + "forbidden";

    /// <summary>404: the token's owner has no such mapping, or there is nothing at the path.</summary>
    public const string NotFound = Prefix + "not-found";

    /// <summary>429: too many event streams are open, of this token's owner or of all.</summary>
    public const string TooManyStreams = Prefix + "too-many-streams";

    /// <summary>409: the frontend port belongs to somebody else.</summary>
    public const string Conflict = Prefix + "conflict";

    /// <summary>422: HAProxy refuses the configuration with the mapping in it.</summary>
    public const string RefusedByHaproxy = Prefix + "refused-by-haproxy";

    /// <summary>429: too much waits already.</summary>
    public const string Busy = Prefix + "busy";

    /// <summary>503: HAProxy refuses lines that the operator wrote.</summary>
    public const string OperatorConfigurationInvalid = Prefix + "operator-configuration-invalid";

    /// <summary>503: HAProxy cannot be reached.</summary>
    public const string HaproxyUnreachable = Prefix + "haproxy-unreachable";

    /// <summary>503: the configuration file, or the folder of the wanted mappings, cannot be read or written.</summary>
    public const string ConfigurationUnavailable = Prefix + "configuration-unavailable";

    /// <summary>503: not done yet; the work goes on.</summary>
    public const string TimedOut = Prefix + "timed-out";

    /// <summary>500: a defect of the webhook's own; its log tells more.</summary>
    public const string InternalError = Prefix + "internal-error";
}
