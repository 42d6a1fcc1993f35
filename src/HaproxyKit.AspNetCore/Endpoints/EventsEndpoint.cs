using System.Globalization;
using System.Text;
using System.Text.Json;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// Tells an owner what becomes of its mappings, as server-sent events. A stream ends after a while, and with the host; a
/// client comes again with <c>Last-Event-ID</c>, and its token is judged anew.
/// </summary>
internal sealed class EventsEndpoint(
    IPhoneHome phoneHome,
    CallGate gate,
    RefusalWriter refusals,
    IOptions<PhoneHomeEndpointOptions> options,
    IHostApplicationLifetime host,
    TimeProvider time)
{
    private const string LastEventId = "Last-Event-ID";

    // Shorter than what proxies and NAT take for silence.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);
    private static readonly byte[] SignOfLife = ":\n\n"u8.ToArray();

    private readonly StreamSlots slots = new(options.Value.MaxEventStreamsPerOwner, options.Value.MaxEventStreams);

    internal async Task StreamAsync(HttpContext context)
    {
        var (grant, refusal) = gate.AuthenticateReading(context);
        long? after = null;
        if (refusal is null && !TryReadLastId(context.Request, out after))
        {
            refusal = Problems.InvalidFields([new FieldProblem(LastEventId, "must be the id of an event")]);
        }

        if (refusal is null && !slots.TryEnter(grant!.Owner))
        {
            refusal = Problems.TooManyStreams(options.Value.RetryAfter);
        }

        if (refusal is not null)
        {
            await refusals.WriteAsync(context, refusal, grant?.Owner).ConfigureAwait(false);
            return;
        }

        try
        {
            await StreamAsync(context, grant!, after).ConfigureAwait(false);
        }
        finally
        {
            slots.Leave(grant!.Owner);
        }
    }

    private static bool TryReadLastId(HttpRequest request, out long? after)
    {
        var values = request.Headers[LastEventId];
        var isNumber = long.TryParse(values.Count == 1 ? values[0] : null, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        after = isNumber ? id : null;
        return values.Count == 0 || isNumber;
    }

    private async Task StreamAsync(HttpContext context, TokenGrant grant, long? after)
    {
        using var life = new CancellationTokenSource(options.Value.EventStreamLifetime, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping, life.Token);
        var events = phoneHome.WatchAsync(after, end.Token).GetAsyncEnumerator(end.Token);
        var next = Task.FromResult(false);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await WriteAsync(context.Response, SignOfLife, end.Token).ConfigureAwait(false);
            next = events.MoveNextAsync().AsTask();
            while (await IsThereMoreAsync(context.Response, next, end.Token).ConfigureAwait(false))
            {
                if (IsFor(grant, events.Current))
                {
                    await WriteAsync(context.Response, TextOf(events.Current), end.Token).ConfigureAwait(false);
                }

                next = events.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client has gone, the host stops, or the stream has lived long enough: an end like any other.
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await events.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the next event, with a sign of life now and then.</summary>
    private async Task<bool> IsThereMoreAsync(HttpResponse response, Task<bool> next, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await next.WaitAsync(LongestSilence, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                await WriteAsync(response, SignOfLife, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsFor(TokenGrant grant, PhoneHomeEvent happened) => happened.Kind == PhoneHomeEventKind.Gap
        || (happened is { Owner: { } owner, Name: { } name, FrontendPort: { } port }
            && string.Equals(owner, grant.Owner, StringComparison.Ordinal)
            && grant.Scope.Allows(new MappingStatus { Name = name, FrontendPort = port, Owner = owner, Nodes = [] }));

    private static byte[] TextOf(PhoneHomeEvent happened)
    {
        var entry = EventEntry.From(happened);
        var data = JsonSerializer.Serialize(entry, EndpointJsonContext.Default.EventEntry);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"id: {entry.Sequence}\nevent: {entry.Kind}\ndata: {data}\n\n"));
    }

    private static async Task WriteAsync(HttpResponse response, byte[] text, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(text, cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
