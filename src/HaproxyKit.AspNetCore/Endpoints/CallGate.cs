using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.AspNetCore.Http;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Says who calls, and whether they may ask for what they ask for: 401 or 429, later 400 or 403.</summary>
internal sealed class CallGate(TokenValidator tokens, CallFailures failures, PhoneHomePolicy policy)
{
    /// <summary>Judges the token, or the signature made with it.</summary>
    /// <param name="context">The call.</param>
    /// <param name="body">The bytes of its body; empty where it has none.</param>
    /// <returns>What the token grants, or the refusal.</returns>
    internal (TokenGrant? Grant, Answer? Refusal) Authenticate(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var signed = PresentedToken.ReadSigned(context.Request, body);
        var verdict = signed is not null ? tokens.Validate(signed) : tokens.Validate(PresentedToken.Read(context.Request));
        if (verdict.Grant is { } grant)
        {
            return (grant, null);
        }

        // Who holds a valid token is told what is wrong with the call, and is not slowed down.
        return verdict.Problem is { } problem ? (null, Problems.UnauthorizedBecause(problem))
            : failures.Count(FindCaller(context)) is { } pause ? (null, Problems.TooManyFailures(pause))
            : (null, signed is not null ? Problems.UnauthorizedSignature : Problems.Unauthorized);
    }

    /// <summary>Judges a call that only asks: its method, its token, and whether that may ask which mappings there are.</summary>
    /// <param name="context">The call.</param>
    /// <returns>What the token grants, and the refusal, or null.</returns>
    internal (TokenGrant? Grant, Answer? Refusal) AuthenticateReading(HttpContext context)
    {
        if (RefusalWriter.RefuseMethod(context, HttpMethods.Get) is { } otherMethod)
        {
            return (null, otherMethod);
        }

        var (grant, refusal) = Authenticate(context, ReadOnlyMemory<byte>.Empty);
        return (grant, refusal ?? AuthorizeList(grant!));
    }

    /// <summary>Judges a well-formed command by the scope of its token and by the policy.</summary>
    /// <param name="command">The command.</param>
    /// <param name="format">The format in which it came.</param>
    /// <param name="grant">What its token grants.</param>
    /// <param name="request">The request, for the node that was signed.</param>
    /// <returns>The refusal, or null.</returns>
    internal Answer? Authorize(MappingCommand command, RequestFormat format, TokenGrant grant, HttpRequest request)
    {
        if (grant.SignedAt is not null && !string.Equals(PresentedToken.SignedNode(request), command.Node ?? "", StringComparison.Ordinal))
        {
            return Problems.InvalidFields(
                [new FieldProblem(FieldNames.Node, $"is not the node for which the call was signed ({PhoneHomeHeaders.Node})")]);
        }

        var forbidden = policy.Judge(command, grant.Scope, format);
        return forbidden.Count > 0 ? Problems.Forbidden(forbidden) : null;
    }

    /// <summary>Whether a token may list its owner's mappings.</summary>
    /// <param name="grant">What the token grants.</param>
    /// <returns>The refusal, or null.</returns>
    private static Answer? AuthorizeList(TokenGrant grant) => grant.Scope.Allows(TokenActions.List)
        ? null
        : Problems.Forbidden([new FieldProblem("", "listing mappings is outside what this token may ask for")]);

    /// <summary>Whether a text is a token that is valid now: what a caller has put in a wrong place is written up nowhere.</summary>
    /// <param name="text">The text.</param>
    internal bool IsToken(string text) => tokens.Validate(text) is { Grant: not null } or { Problem: not null };

    /// <summary>The address that a call comes from, behind trusted proxies.</summary>
    internal IPAddress? FindCaller(HttpContext context) =>
        policy.FindCaller(context.Connection.RemoteIpAddress, context.Request.Headers["X-Forwarded-For"]);
}
