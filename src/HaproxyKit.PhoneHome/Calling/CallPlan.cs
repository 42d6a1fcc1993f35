using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Calling;

/// <summary>The sidecar's options, judged and ready to be used.</summary>
internal sealed record CallPlan
{
    internal const string OurPath = "/v1/phone-home";
    internal const string IncumbentPath = "/hooks/update-haproxy";

    /// <summary>Where to call.</summary>
    public required Uri Webhook { get; init; }

    /// <summary>The format to speak there.</summary>
    public required RequestFormat Format { get; init; }

    /// <summary>What to send, without an address.</summary>
    public required PhoneHomeRequest Request { get; init; }

    /// <summary>The id of the token that signs the calls, or null: the token itself is presented.</summary>
    public string? TokenId { get; init; }

    /// <summary>The certificates that alone are trusted, or null: those that the system trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The address as it was given, or null.</summary>
    public string? NodeAddress { get; init; }

    /// <summary>Who answers the address, or null.</summary>
    public Uri? NodeAddressFrom { get; init; }

    /// <summary>The time between calls, or null: one call only.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>
    /// True where the end of the process is told: an instance goes, and what others announced stays.
    /// </summary>
    /// <remarks>
    /// The incumbent's format names no instance, so a goodbye would take the mapping from the pod that comes next.
    /// </remarks>
    public bool SaysGoodbye => Interval is not null && Format == RequestFormat.PhoneHome;

    /// <summary>Judges the options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="problems">Gets one line for each variable that is wrong.</param>
    /// <returns>The plan, or null where a problem was added.</returns>
    internal static CallPlan? TryRead(PhoneHomeCallerOptions options, List<string> problems)
    {
        var before = problems.Count;
        var webhook = ReadUrl(options.Webhook, "WEBHOOK", problems);
        var format = webhook?.AbsolutePath.TrimEnd('/') is IncumbentPath
            ? RequestFormat.Incumbent
            : RequestFormat.PhoneHome;
        var request = CallSettings.Add(options, format, ReadRequest(options, problems), problems);
        CheckToken(options, problems);
        var authorities = string.IsNullOrEmpty(options.CaFile) ? null : CaFile.Read(options.CaFile, problems);
        var nodeAddressFrom = ReadAddressSource(options, format, problems);
        var interval = ReadInterval(options, problems);
        if (problems.Count > before || webhook is null)
        {
            return null;
        }

        var isRoot = webhook.AbsolutePath is "/" && webhook.Query.Length == 0;
        return new CallPlan
        {
            Webhook = isRoot ? new Uri(webhook, OurPath) : webhook,
            Format = format,
            Request = request,
            TokenId = NullIfEmpty(options.TokenId),
            Authorities = authorities,
            NodeAddress = NullIfEmpty(options.NodeAddress),
            NodeAddressFrom = nodeAddressFrom,
            Interval = interval,
        };
    }

    private static PhoneHomeRequest ReadRequest(PhoneHomeCallerOptions options, List<string> problems)
    {
        var written = new IncumbentRequest
        {
            Name = options.Name,
            FrontendPort = options.FrontendPort,
            NodePort = options.BackendPort,
            Action = NullIfEmpty(options.Action) ?? "add",
            SendProxy = options.SendProxy,
            Address = NullIfEmpty(options.NodeAddress) ?? "192.0.2.1",
        };
        var judged = MappingValidator.Validate(written, new CallOrigin { Owner = "" });
        foreach (var problem in judged.Problems)
        {
            problems.Add(VariableOf(problem.Field) + " " + problem.Message);
        }

        CheckLabel(options.NodeName, "NODE_NAME", PhoneHomeLimits.MaxNodeLength, problems);
        CheckLabel(options.PodUid, "POD_UID", PhoneHomeLimits.MaxInstanceLength, problems);
        return new PhoneHomeRequest
        {
            Name = judged.Command?.Name,
            FrontendPort = judged.Command?.FrontendPort,
            NodePort = judged.Command?.NodePort,
            Action = written.Action,
            SendProxy = judged.Command?.SendProxy switch
            {
                ProxyProtocol.V1 => "v1",
                ProxyProtocol.V2 => "v2",
                _ => null,
            },
            Node = NullIfEmpty(options.NodeName),
            Instance = NullIfEmpty(options.PodUid),
        };
    }

    private static string VariableOf(string field) => field switch
    {
        "name" => "NAME",
        "frontend-port" => "FRONTEND_PORT",
        "backend-port" => "BACKEND_PORT",
        "send-proxy" => "SEND_PROXY",
        "dst-ip" => "NODE_ADDRESS",
        _ => "the argument",
    };

    private static void CheckLabel(string? text, string variable, int maxLength, List<string> problems)
    {
        if (!string.IsNullOrEmpty(text) && !TextRules.IsLabel(text, maxLength))
        {
            problems.Add($"{variable} must be of letters, digits, _ . : and -, {maxLength} at most");
        }
    }

    private static void CheckToken(PhoneHomeCallerOptions options, List<string> problems)
    {
        var hasText = !string.IsNullOrEmpty(options.Token);
        var hasFile = !string.IsNullOrEmpty(options.TokenFile);
        if (hasText == hasFile)
        {
            problems.Add(hasText
                ? "WEBHOOK_TOKEN and WEBHOOK_TOKEN_FILE are both set: set one of them"
                : "WEBHOOK_TOKEN is missing: set it, or WEBHOOK_TOKEN_FILE");
        }
        else if (hasText && !CallToken.IsWellFormed(options.Token))
        {
            problems.Add("WEBHOOK_TOKEN must be printable ASCII without blanks");
        }
        else if (hasFile && !File.Exists(options.TokenFile))
        {
            problems.Add($"WEBHOOK_TOKEN_FILE names no file: {options.TokenFile}");
        }

        if (!string.IsNullOrEmpty(options.TokenId) && !TextRules.IsName(options.TokenId))
        {
            problems.Add("WEBHOOK_TOKEN_ID must be " + TextRules.NameRule);
        }
    }

    private static Uri? ReadAddressSource(PhoneHomeCallerOptions options, RequestFormat format, List<string> problems)
    {
        var hasAddress = !string.IsNullOrEmpty(options.NodeAddress);
        if (string.IsNullOrEmpty(options.NodeAddressFrom))
        {
            if (!hasAddress && format == RequestFormat.Incumbent)
            {
                problems.Add(
                    $"NODE_ADDRESS is missing: the format of {IncumbentPath} needs it, or NODE_ADDRESS_FROM");
            }

            return null;
        }

        if (hasAddress)
        {
            problems.Add("NODE_ADDRESS and NODE_ADDRESS_FROM are both set: set one of them");
        }

        return ReadUrl(options.NodeAddressFrom, "NODE_ADDRESS_FROM", problems);
    }

    private static Uri? ReadUrl(string? text, string variable, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            problems.Add($"{variable} is missing");
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url is { UserInfo: "", Fragment: "" })
        {
            return url;
        }

        problems.Add($"{variable} must be an http or https URL without user and fragment");
        return null;
    }

    private static TimeSpan? ReadInterval(PhoneHomeCallerOptions options, List<string> problems)
    {
        const int SecondsOfDay = 24 * 60 * 60;
        if (options.RepeatInterval is "once" || options.Action is "delete")
        {
            return null;
        }

        var text = NullIfEmpty(options.RepeatInterval) ?? "60";
        var unit = text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            _ => 0,
        };
        var digits = unit == 0 ? text : text[..^1];
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && (long)number * Math.Max(unit, 1) is >= 1 and <= SecondsOfDay and var seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        problems.Add("REPEAT_INTERVAL must be 'once' or a number of seconds from 1 to 86400 (5m and 1h are read too)");
        return null;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
