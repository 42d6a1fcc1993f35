using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// One line of the audit log. Nothing of a request stands in it that has not been judged well-formed, so that neither a
/// token nor a line break gets there by way of a name.
/// </summary>
internal sealed record AuditEntry
{
    private const int MaxReasonLength = 300;

    /// <summary>When the call was answered.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The id of the token, or null where none is known.</summary>
    public string? TokenId { get; init; }

    /// <summary>The owner that the token names, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>The address that the call came from, or null where it is not known.</summary>
    public string? Caller { get; init; }

    /// <summary><c>add</c> or <c>delete</c>, or null where the call was refused before that was known.</summary>
    public string? Action { get; init; }

    /// <summary>The mapping's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The frontend port, or null.</summary>
    public int? FrontendPort { get; init; }

    /// <summary>The node's name, or null.</summary>
    public string? Node { get; init; }

    /// <summary>The pod's uid, or null.</summary>
    public string? Instance { get; init; }

    /// <summary>The node's address, or null.</summary>
    public string? Address { get; init; }

    /// <summary>The node's port, or null.</summary>
    public int? NodePort { get; init; }

    /// <summary>True where only a plan was asked for, else null.</summary>
    public bool? DryRun { get; init; }

    /// <summary>The status of the answer, or null where the line sums up refusals.</summary>
    public int? Status { get; init; }

    /// <summary>What was done, or the type of the problem; <c>suppressed</c> where the line sums up refusals.</summary>
    public required string Outcome { get; init; }

    /// <summary>How many members were wrong or forbidden, or null.</summary>
    public int? WrongFields { get; init; }

    /// <summary>
    /// Which members those were, by the names that the formats have for them: <c>(unknown)</c> for one that the caller has made up,
    /// <c>(body)</c> for the body as a whole; or null.
    /// </summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Why the call of a token was refused, in the words of this program; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The revision of the configuration file, or null.</summary>
    public string? Revision { get; init; }

    /// <summary>True where HAProxy was reloaded, or null where nothing was done.</summary>
    public bool? Reload { get; init; }

    /// <summary>True where the caller had been answered already, else null.</summary>
    public bool? Late { get; init; }

    /// <summary>How many calls without an accepted token were refused since the last such line without a line of their own, or null.</summary>
    public long? Suppressed { get; init; }

    internal static AuditEntry Of(DateTimeOffset time, TokenGrant? grant, IPAddress? caller, MappingCommand? command, Answer answer) => new()
    {
        Time = time,
        TokenId = grant?.TokenId,
        Owner = grant?.Owner,
        Caller = caller?.ToString(),
        Action = command?.Action switch
        {
            null => null,
            MappingAction.Add => "add",
            _ => "delete",
        },
        Name = command?.Name,
        FrontendPort = command?.FrontendPort,
        Node = command?.Node,
        Instance = command?.Instance,
        Address = command is null || command.Address.Equals(IPAddress.None) ? null : command.Address.ToString(),
        NodePort = command is { NodePort: > 0 and var port } ? port : null,
        DryRun = answer.Plan?.DryRun,
        Status = answer.Status,
        Outcome = answer.Success?.Outcome ?? answer.Plan?.Outcome ?? answer.Problem!.Type,
        WrongFields = answer.Problem?.Errors?.Count,
        Fields = answer.Problem?.Errors is { } errors ? [.. errors.Select(FieldOf).Distinct(StringComparer.Ordinal)] : null,
        Reason = grant is null || answer.Problem is not { } problem ? null : ReasonOf(problem),
        Revision = answer.Success?.Revision ?? answer.Plan?.Revision,
        Reload = answer.Success?.Reload,
    };

    private static string FieldOf(FieldProblem problem) =>
        problem.Field.Length == 0 ? "(body)"
        : problem.Field == CallQuery.DryRun || FieldNames.IsKnown(problem.Field) ? problem.Field
        : "(unknown)";

    /// <summary>The problem's detail. Where what is forbidden stands at its members, that; what is malformed is told by their names alone.</summary>
    private static string? ReasonOf(PhoneHomeProblem problem)
    {
        var reason = problem.Detail ?? (problem.Type == ProblemTypes.Forbidden
            ? string.Join("; ", (problem.Errors ?? []).Select(error => $"{FieldOf(error)} {error.Message}"))
            : null);
        return reason is { Length: > MaxReasonLength } ? string.Concat(reason.AsSpan(0, MaxReasonLength), "...") : reason;
    }
}
