using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Finds the token, or the signature made with it, in the headers of a request.</summary>
internal static class PresentedToken
{
    private const string Scheme = "Bearer ";

    /// <summary>
    /// The token: of <c>Authorization: Bearer</c>, or where there is no such header of the incumbent's.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>The token; empty where there is none, or more than one.</returns>
    internal static string Read(HttpRequest request)
    {
        var authorization = request.Headers.Authorization;
        if (authorization.Count > 0)
        {
            return authorization.Count == 1
                && authorization[0] is { } value
                && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? value[Scheme.Length..].Trim(' ')
                : "";
        }

        return Only(request.Headers[PhoneHomeHeaders.IncumbentToken]);
    }

    /// <summary>Whether a request presents anything at all.</summary>
    /// <param name="request">The request.</param>
    /// <returns>True where it has one of the headers, whatever stands in it.</returns>
    internal static bool IsPresent(HttpRequest request) =>
        request.Headers.Authorization.Count > 0
        || request.Headers[PhoneHomeHeaders.IncumbentToken].Count > 0
        || request.Headers[PhoneHomeHeaders.Signature].Count > 0;

    /// <summary>The signature and what it was made of, or null where the request has none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">The bytes of its body.</param>
    /// <returns>The signed call; a header that stands twice counts as empty, and so fits no signature.</returns>
    internal static SignedCall? ReadSigned(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var signature = request.Headers[PhoneHomeHeaders.Signature];
        return signature.Count == 0
            ? null
            : new SignedCall
            {
                TokenId = Only(request.Headers[PhoneHomeHeaders.TokenId]),
                Timestamp = Only(request.Headers[PhoneHomeHeaders.Timestamp]),
                Signature = Only(signature),
                Node = SignedNode(request),
                Method = request.Method,
                Target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "",
                Body = body,
            };
    }

    /// <summary>The node for which a call is signed; empty where it names none.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The text of the header.</returns>
    internal static string SignedNode(HttpRequest request) => Only(request.Headers[PhoneHomeHeaders.Node]);

    private static string Only(StringValues values) => values.Count == 1 ? values[0] ?? "" : "";
}
