using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>
/// Reads the JSON of a request and names every member that is wrong, where a deserializer stops at the first.
/// </summary>
internal static class RequestReader
{
    private const int MaxDepth = 8;
    private const int MaxShownFieldLength = 64;

    private delegate void MemberReader<T>(ref Utf8JsonReader reader, string member, T request, FieldProblems problems);

    /// <summary>Reads our format.</summary>
    internal static RequestReading<PhoneHomeRequest> ReadPhoneHome(ReadOnlySpan<byte> utf8)
    {
        var draft = new Draft();
        var problems = Read(utf8, draft, ReadPhoneHomeMember);
        return new(
            new PhoneHomeRequest
            {
                Name = draft.Name,
                FrontendPort = draft.FrontendNumber,
                NodePort = draft.NodeNumber,
                Address = draft.Address,
                Node = draft.Node,
                Instance = draft.Instance,
                Action = draft.Action,
                SendProxy = draft.SendProxy,
                Lease = draft.Lease,
                Weight = draft.Weight,
                BindAddress = draft.BindAddress,
                Check = draft.Check,
                Balance = draft.Balance,
                Sticky = draft.Sticky,
                MaxConnections = draft.MaxConnections,
                Drain = draft.Drain,
            },
            problems);
    }

    /// <summary>Reads the incumbent's format.</summary>
    internal static RequestReading<IncumbentRequest> ReadIncumbent(ReadOnlySpan<byte> utf8)
    {
        var draft = new Draft();
        var problems = Read(utf8, draft, ReadIncumbentMember);
        return new(
            new IncumbentRequest
            {
                Address = draft.Address,
                FrontendPort = draft.FrontendText,
                NodePort = draft.NodeText,
                Action = draft.Action,
                Name = draft.Name,
                SendProxy = draft.SendProxy,
            },
            problems);
    }

    private static void ReadPhoneHomeMember(
        ref Utf8JsonReader reader, string member, Draft draft, FieldProblems problems)
    {
        switch (member)
        {
            case "name": draft.Name = ReadOptionalText(ref reader, member, problems); break;
            case "frontendPort": draft.FrontendNumber = ReadNumber(ref reader, member, problems); break;
            case "nodePort": draft.NodeNumber = ReadNumber(ref reader, member, problems); break;
            case "address": draft.Address = ReadOptionalText(ref reader, member, problems); break;
            case "node": draft.Node = ReadOptionalText(ref reader, member, problems); break;
            case "instance": draft.Instance = ReadOptionalText(ref reader, member, problems); break;
            case "action": draft.Action = ReadOptionalText(ref reader, member, problems); break;
            case "sendProxy": draft.SendProxy = ReadOptionalText(ref reader, member, problems); break;
            case "lease": draft.Lease = ReadNumber(ref reader, member, problems); break;
            case FieldNames.Weight: draft.Weight = ReadNumber(ref reader, member, problems); break;
            case FieldNames.BindAddress: draft.BindAddress = ReadOptionalText(ref reader, member, problems); break;
            case FieldNames.Check: draft.Check = ReadCheck(ref reader, member, problems); break;
            case FieldNames.Balance: draft.Balance = ReadOptionalText(ref reader, member, problems); break;
            case FieldNames.Sticky: draft.Sticky = ReadTime(ref reader, member, problems); break;
            case FieldNames.MaxConnections: draft.MaxConnections = ReadNumber(ref reader, member, problems); break;
            case FieldNames.Drain: draft.Drain = ReadTime(ref reader, member, problems); break;
            default:
                problems.Add(
                    Shown(member),
                    "is not a member of this request",
                    "the members are name, frontendPort, nodePort, address, node, instance, action, sendProxy, lease, weight, "
                    + "bindAddress, check, balance, sticky, maxConnections and drain");
                break;
        }
    }

    private static PhoneHomeCheck? ReadCheck(ref Utf8JsonReader reader, string member, FieldProblems problems)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            problems.Add(member, "must be an object", """write it as {"kind":"http","path":"/"}""");
            return null;
        }

        var draft = new CheckDraft();
        ReadMembers(ref reader, member + ".", draft, problems, ReadCheckMember);
        return new PhoneHomeCheck
        {
            Kind = draft.Kind,
            Path = draft.Path,
            Interval = draft.Interval,
            Timeout = draft.Timeout,
            Fall = draft.Fall,
            Rise = draft.Rise,
        };
    }

    private static void ReadCheckMember(ref Utf8JsonReader reader, string member, CheckDraft draft, FieldProblems problems)
    {
        switch (member)
        {
            case FieldNames.CheckKind: draft.Kind = ReadOptionalText(ref reader, member, problems); break;
            case FieldNames.CheckPath: draft.Path = ReadOptionalText(ref reader, member, problems); break;
            case FieldNames.CheckInterval: draft.Interval = ReadTime(ref reader, member, problems); break;
            case FieldNames.CheckTimeout: draft.Timeout = ReadTime(ref reader, member, problems); break;
            case FieldNames.CheckFall: draft.Fall = ReadNumber(ref reader, member, problems); break;
            case FieldNames.CheckRise: draft.Rise = ReadNumber(ref reader, member, problems); break;
            default:
                problems.Add(Shown(member), "is not a member of a check", "the members are kind, path, interval, timeout, fall and rise");
                break;
        }
    }

    private static void ReadIncumbentMember(
        ref Utf8JsonReader reader, string member, Draft draft, FieldProblems problems)
    {
        switch (member)
        {
            case "name": draft.Name = ReadText(ref reader, member, problems); break;
            case "frontend-port": draft.FrontendText = ReadText(ref reader, member, problems); break;
            case "backend-port": draft.NodeText = ReadText(ref reader, member, problems); break;
            case "dst-ip": draft.Address = ReadText(ref reader, member, problems); break;
            case "action": draft.Action = ReadText(ref reader, member, problems); break;
            case "send-proxy": draft.SendProxy = ReadText(ref reader, member, problems); break;
            default: break;
        }
    }

    private static FieldProblems Read<T>(ReadOnlySpan<byte> utf8, T request, MemberReader<T> readMember)
    {
        var problems = new FieldProblems();
        try
        {
            if (!Utf8.IsValid(utf8))
            {
                throw new JsonException();
            }

            ReadObject(utf8, request, problems, readMember);
        }
        catch (JsonException)
        {
            var body = new FieldProblems();
            body.Add("", "the body is not one JSON object in UTF-8");
            return body;
        }

        return problems;
    }

    private static void ReadObject<T>(
        ReadOnlySpan<byte> utf8, T request, FieldProblems problems, MemberReader<T> readMember)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        ReadMembers(ref reader, "", request, problems, readMember);

        // Only the end may follow: reading on throws where anything else does.
        reader.Read();
    }

    /// <summary>Reads the members of an object to its end, each known by its name behind a prefix.</summary>
    private static void ReadMembers<T>(
        ref Utf8JsonReader reader, string prefix, T request, FieldProblems problems, MemberReader<T> readMember)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = TextOf(ref reader);
            reader.Read();
            if (member is null)
            {
                problems.Add("", "a member's name is not valid Unicode text");
            }
            else if (seen.Add(member))
            {
                readMember(ref reader, prefix + member, request, problems);
            }
            else
            {
                problems.Add(Shown(prefix + member), "stands more than once");
            }

            reader.Skip();
        }
    }

    private static string? ReadOptionalText(ref Utf8JsonReader reader, string member, FieldProblems problems) =>
        reader.TokenType == JsonTokenType.Null ? null : ReadText(ref reader, member, problems);

    private static string? ReadText(ref Utf8JsonReader reader, string member, FieldProblems problems)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            problems.Add(member, "must be a string");
            return null;
        }

        var text = TextOf(ref reader);
        if (text is null)
        {
            problems.Add(member, "is not valid Unicode text");
        }

        return text;
    }

    private static int? ReadNumber(ref Utf8JsonReader reader, string member, FieldProblems problems)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
        {
            return number;
        }

        problems.Add(member, "must be a whole number", "write it as a JSON number in plain digits, without quotes");
        return null;
    }

    /// <summary>A time as text, or as a number of seconds.</summary>
    private static string? ReadTime(ref Utf8JsonReader reader, string member, FieldProblems problems) =>
        reader.TokenType == JsonTokenType.String
            ? ReadText(ref reader, member, problems)
            : ReadNumber(ref reader, member, problems)?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text of a string or a name, or null where escapes in it form no valid Unicode.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Shown(string member) =>
        member.Length <= MaxShownFieldLength ? member : member[..MaxShownFieldLength];

    /// <summary>The members while they are read; each format fills its own.</summary>
    private sealed class Draft
    {
        internal string? Name { get; set; }

        internal int? FrontendNumber { get; set; }

        internal int? NodeNumber { get; set; }

        internal string? FrontendText { get; set; }

        internal string? NodeText { get; set; }

        internal string? Address { get; set; }

        internal string? Node { get; set; }

        internal string? Instance { get; set; }

        internal string? Action { get; set; }

        internal string? SendProxy { get; set; }

        internal int? Lease { get; set; }

        internal int? Weight { get; set; }

        internal string? BindAddress { get; set; }

        internal PhoneHomeCheck? Check { get; set; }

        internal string? Balance { get; set; }

        internal string? Sticky { get; set; }

        internal int? MaxConnections { get; set; }

        internal string? Drain { get; set; }
    }

    /// <summary>The members of a check while they are read.</summary>
    private sealed class CheckDraft
    {
        internal string? Kind { get; set; }

        internal string? Path { get; set; }

        internal string? Interval { get; set; }

        internal string? Timeout { get; set; }

        internal int? Fall { get; set; }

        internal int? Rise { get; set; }
    }
}
