using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;

namespace HaproxyKit.PhoneHome.Calling;

/// <summary>
/// Makes single calls to a webhook. Nothing that the network or the other side does throws out of it.
/// </summary>
internal sealed class WebhookClient(CallPlan plan, CallToken token, HttpClient http, TimeProvider time)
{
    private const int MaxAnswerBytes = 64 * 1024;
    private const int MaxAddressBytes = 256;

    // The webhook answers within 10 seconds; the rest is for connecting.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private long lastSignedAt;

    /// <summary>Reads the node's address and calls.</summary>
    /// <param name="request">What to send; its address is filled in here.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<CallResult> CallAsync(PhoneHomeRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var (address, problem) = await ReadAddressAsync(request, either.Token).ConfigureAwait(false);
            return problem is null
                ? await SendAsync(request with { Address = address }, either.Token).ConfigureAwait(false)
                : CallResult.Failed(problem);
        }
        catch (HttpRequestException e)
        {
            return CallResult.Failed($"no answer: {e.Message}{(e.InnerException is { } inner ? ": " + inner.Message : "")}");
        }
        catch (IOException e)
        {
            return CallResult.Failed($"the answer broke off: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CallResult.Failed($"no answer within {Timeout.TotalSeconds:0} seconds");
        }
    }

    private async Task<(string? Address, string? Problem)> ReadAddressAsync(
        PhoneHomeRequest request, CancellationToken cancellationToken)
    {
        // A goodbye in our format needs no address, and must not fail for want of one.
        var isNeeded = plan.Format == RequestFormat.Incumbent || request.Action is not "delete";
        if (plan.NodeAddressFrom is null || !isNeeded)
        {
            return (plan.NodeAddress, null);
        }

        using var response = await http
            .GetAsync(plan.NodeAddressFrom, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        var body = await ReadBodyAsync(response, MaxAddressBytes, cancellationToken).ConfigureAwait(false);
        var text = Encoding.UTF8.GetString(body.Span).Trim();
        if (response.StatusCode != HttpStatusCode.OK || !AddressText.TryRead(text, out var address, out _))
        {
            return (null, $"NODE_ADDRESS_FROM gave no address, but status {(int)response.StatusCode}; nothing was sent");
        }

        return (address.ToString(), null);
    }

    private async Task<CallResult> SendAsync(PhoneHomeRequest request, CancellationToken cancellationToken)
    {
        if (!token.TryRead(out var secret, out var problem))
        {
            return CallResult.Failed(problem!);
        }

        using var message = new HttpRequestMessage(HttpMethod.Post, plan.Webhook);
        var sent = plan.Format == RequestFormat.Incumbent
            ? JsonSerializer.SerializeToUtf8Bytes(ForIncumbent(request), PhoneHomeJsonContext.Default.IncumbentRequest)
            : JsonSerializer.SerializeToUtf8Bytes(request, PhoneHomeJsonContext.Default.PhoneHomeRequest);
        if (plan.TokenId is not null)
        {
            Sign(message, secret, plan.Format == RequestFormat.Incumbent ? null : request.Node, sent);
        }
        else if (plan.Format == RequestFormat.Incumbent)
        {
            message.Headers.TryAddWithoutValidation(PhoneHomeHeaders.IncumbentToken, secret);
        }
        else
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        }

        message.Content = new ByteArrayContent(sent);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http
            .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        var body = await ReadBodyAsync(response, MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
        return Judge(response, body.Span, secret);
    }

    /// <summary>Signs a call, later than the last one: the webhook takes no timestamp twice.</summary>
    private void Sign(HttpRequestMessage message, string secret, string? node, byte[] body)
    {
        lastSignedAt = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), lastSignedAt + 1);
        var timestamp = lastSignedAt.ToString(CultureInfo.InvariantCulture);
        message.Headers.Add(PhoneHomeHeaders.TokenId, plan.TokenId);
        message.Headers.Add(PhoneHomeHeaders.Timestamp, timestamp);
        if (node is not null)
        {
            message.Headers.Add(PhoneHomeHeaders.Node, node);
        }

        message.Headers.Add(PhoneHomeHeaders.Signature, RequestSignature.Sign(
            RequestSignature.KeyOf(secret), plan.Webhook, message.Method.Method, plan.Webhook.PathAndQuery, timestamp, node, body));
    }

    private CallResult Judge(HttpResponseMessage response, ReadOnlySpan<byte> body, string secret)
    {
        var text = AnswerText.Describe((int)response.StatusCode, body, secret);
        var kind = response.StatusCode switch
        {
            // The incumbent answers so when the token is wrong.
            HttpStatusCode.OK when body.StartsWith("Hook rules were not satisfied"u8) => CallResultKind.Refused,
            // Some other server that says 200 to everything serves no mapping.
            HttpStatusCode.OK when plan.Format == RequestFormat.PhoneHome && !AnswerText.IsAnswer(body) => CallResultKind.Failed,
            HttpStatusCode.OK => CallResultKind.Served,
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => CallResultKind.Failed,
            >= HttpStatusCode.InternalServerError => CallResultKind.Failed,
            _ => CallResultKind.Refused,
        };
        return new CallResult(kind, text, RetryAfter(response));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static IncumbentRequest ForIncumbent(PhoneHomeRequest request) => new()
    {
        Address = request.Address ?? "",
        FrontendPort = request.FrontendPort?.ToString(CultureInfo.InvariantCulture),
        NodePort = request.NodePort?.ToString(CultureInfo.InvariantCulture),
        Action = request.Action,
        Name = request.Name,
        SendProxy = request.SendProxy ?? "",
    };

    /// <summary>Reads at most so many bytes; what stands behind them is not needed and not waited for.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[maxBytes];
            var length = await stream
                .ReadAtLeastAsync(buffer, maxBytes, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            return buffer.AsMemory(0, length);
        }
    }
}
