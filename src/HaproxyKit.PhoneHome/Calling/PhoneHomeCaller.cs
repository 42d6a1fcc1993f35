using System.Security.Cryptography.X509Certificates;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Calling;

/// <summary>
/// The sidecar's work: tells a webhook again and again where its node is, and says goodbye when the host stops.
/// </summary>
public sealed partial class PhoneHomeCaller : BackgroundService
{
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(10);

    private readonly CallPlan plan;
    private readonly PhoneHomeRequest request;
    private readonly HttpClient http;
    private readonly WebhookClient webhook;
    private readonly IHostApplicationLifetime lifetime;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly ILogger<PhoneHomeCaller> logger;
    private bool hasCalled;

    /// <summary>Prepares the calls; none is made before the host starts.</summary>
    /// <param name="options">What the environment says.</param>
    /// <param name="lifetime">Ends the host after a single call.</param>
    /// <param name="time">The clock of intervals and limits.</param>
    /// <param name="random">Spreads the repetitions of many sidecars.</param>
    /// <param name="logger">Tells what came of each call; never the token.</param>
    /// <exception cref="OptionsValidationException">The options are wrong; the message names each variable.</exception>
    public PhoneHomeCaller(
        IOptions<PhoneHomeCallerOptions> options,
        IHostApplicationLifetime lifetime,
        TimeProvider time,
        Random random,
        ILogger<PhoneHomeCaller> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        this.lifetime = lifetime;
        this.time = time;
        this.random = random;
        this.logger = logger;
        var problems = new List<string>();
        plan = CallPlan.TryRead(options.Value, problems)
            ?? throw new OptionsValidationException(
                nameof(PhoneHomeCallerOptions), typeof(PhoneHomeCallerOptions), problems);
        // A single call is a job's: it will never say goodbye, so it announces no pod that could.
        request = plan.Interval is null ? plan.Request : plan.Request with { Instance = plan.Request.Instance ?? MakeInstance(random) };
        http = MakeClient(plan.Authorities);
        webhook = new WebhookClient(plan, new CallToken(options.Value), http, time);
    }

    /// <summary>
    /// The exit code for the process: 1 where a single call was asked for and HAProxy does not serve it, otherwise 0.
    /// </summary>
    public int ExitCode { get; private set; }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (hasCalled && plan.SaysGoodbye)
        {
            await SayGoodbyeAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        http.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogStart(plan.Webhook, plan.Format, request.Name, request.FrontendPort);
        if (plan.TokenId is null && plan.Webhook.Scheme == Uri.UriSchemeHttp && !plan.Webhook.IsLoopback)
        {
            LogTokenInClear(plan.Webhook);
        }

        if (plan.Interval is not { } interval)
        {
            ExitCode = 1;
            var only = await CallAsync(stoppingToken).ConfigureAwait(false);
            ExitCode = only.Kind == CallResultKind.Served ? 0 : 1;
            lifetime.StopApplication();
            return;
        }

        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var result = await CallAsync(stoppingToken).ConfigureAwait(false);
            failures = result.Kind == CallResultKind.Failed ? failures + 1 : 0;
            var wait = failures == 0 ? interval : Backoff(failures, interval, result.RetryAfter);
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        hasCalled = true;
        var result = await webhook.CallAsync(request, cancellationToken).ConfigureAwait(false);
        switch (result.Kind)
        {
            case CallResultKind.Served: LogServed(result.Message); break;
            case CallResultKind.Refused: LogRefused(result.Message); break;
            default: LogFailed(result.Message); break;
        }

        return result;
    }

    private async Task SayGoodbyeAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(GoodbyeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var result = await webhook.CallAsync(request with { Action = "delete" }, either.Token).ConfigureAwait(false);
            if (result.Kind == CallResultKind.Served)
            {
                LogGoodbye(result.Message);
            }
            else
            {
                LogGoodbyeUnheard(result.Message);
            }
        }
        catch (OperationCanceledException)
        {
            LogGoodbyeUnheard("no answer in time");
        }
    }

    /// <summary>
    /// Doubles from a second on, never past the interval, less up to a half so that many sidecars spread.
    /// </summary>
    private TimeSpan Backoff(int failures, TimeSpan interval, TimeSpan? retryAfter)
    {
        var doubled = FirstBackoff * Math.Pow(2, Math.Min(failures - 1, 16));
        var longest = interval < LongestBackoff ? interval : LongestBackoff;
        var backoff = (doubled < longest ? doubled : longest) * (1 - (random.NextDouble() / 2));
        var asked = retryAfter ?? TimeSpan.Zero;
        asked = asked < LongestRetryAfter ? asked : LongestRetryAfter;
        return backoff > asked ? backoff : asked;
    }

    private static string MakeInstance(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private static HttpClient MakeClient(X509Certificate2Collection? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would carry the token to somebody else.
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (authorities is not null)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
