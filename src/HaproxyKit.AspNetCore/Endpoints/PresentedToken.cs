using HaproxyKit.PhoneHome.Contract;
using Microsoft.AspNetCore.Http;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Finds the token in the headers of a request.</summary>
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

        var incumbent = request.Headers[PhoneHomeHeaders.IncumbentToken];
        return incumbent.Count == 1 ? incumbent[0] ?? "" : "";
    }
}
