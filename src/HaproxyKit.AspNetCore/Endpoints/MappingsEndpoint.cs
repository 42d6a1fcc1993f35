using System.Globalization;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.AspNetCore.Http;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Tells an owner which mappings it has, and nothing of others'.</summary>
internal sealed class MappingsEndpoint(IPhoneHome phoneHome, CallGate gate, RefusalWriter refusals)
{
    internal Task ListAsync(HttpContext context)
    {
        var (grant, refusal) = gate.AuthenticateReading(context);
        return refusal is not null
            ? refusals.WriteAsync(context, refusal, grant?.Owner)
            : AnswerWriter.WriteAsync(context.Response, [.. phoneHome.Mappings.Where(mapping => MayKnow(grant!, mapping)).Select(MappingEntry.From)]);
    }

    internal Task GetAsync(HttpContext context)
    {
        var (grant, refusal) = gate.AuthenticateReading(context);
        if (refusal is not null)
        {
            return refusals.WriteAsync(context, refusal, grant?.Owner);
        }

        // One answer for a port that nobody has, that another has, and that is none.
        var text = context.Request.RouteValues["port"] as string;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port.ToString(CultureInfo.InvariantCulture) == text
            && phoneHome.Mappings.FirstOrDefault(mapping => mapping.FrontendPort == port) is { } found
            && MayKnow(grant!, found)
            ? AnswerWriter.WriteAsync(context.Response, MappingEntry.From(found))
            : refusals.WriteAsync(context, Problems.NoMapping, grant!.Owner);
    }

    private static bool MayKnow(TokenGrant grant, MappingStatus mapping) =>
        string.Equals(mapping.Owner, grant.Owner, StringComparison.Ordinal) && grant.Scope.Allows(mapping);
}
