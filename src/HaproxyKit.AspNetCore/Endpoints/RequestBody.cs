using System.Buffers;
using System.IO.Pipelines;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.AspNetCore.Http;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Reads bodies that are short, and no more of the others than it takes to know that they are not.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body.</summary>
    /// <param name="request">The request; its length need not be declared.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The body, or null where it is longer than <see cref="PhoneHomeLimits.MaxBodyBytes"/>.</returns>
    internal static async ValueTask<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > PhoneHomeLimits.MaxBodyBytes)
        {
            return null;
        }

        PipeReader reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (buffer.Length > PhoneHomeLimits.MaxBodyBytes)
            {
                reader.AdvanceTo(buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var body = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return body;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
