using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// Writes up each change that was asked for and what became of it: as JSON, a line each, in the log and where settings say
/// so in a file. No call waits for the disk; what a disk cannot take in time is counted and told. Callers without an accepted token have few
/// lines, and one more a minute that counts the rest.
/// </summary>
internal sealed partial class AuditLog : BackgroundService
{
    private const int Capacity = 4096;
    private const int MaxBatch = 256;

    private readonly Channel<byte[]> lines = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private static readonly TimeSpan SumInterval = TimeSpan.FromMinutes(1);

    private readonly AuditFile? file;
    private readonly StrangerLines strangers;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private ITimer? summing;
    private long suppressed;
    private long dropped;
    private bool isBroken;

    public AuditLog(IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditLog> logger)
    {
        var settings = options.Value;
        file = string.IsNullOrEmpty(settings.File) ? null : new AuditFile(settings.File, settings.MaxBytes, settings.MaxFiles);
        strangers = new StrangerLines(time);
        this.time = time;
        this.logger = logger;
    }

    /// <summary>Writes one line up.</summary>
    internal void Add(AuditEntry entry)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(entry, EndpointJsonContext.Default.AuditEntry);
        if (logger.IsEnabled(LogLevel.Information))
        {
            LogEntry(Encoding.UTF8.GetString(line));
        }

        if (file is not null && !lines.Writer.TryWrite([.. line, (byte)'\n']))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    /// <summary>Writes up the refusal of a caller without an accepted token, or counts it where there were many.</summary>
    /// <param name="source">Where it came from, or null where that is not known.</param>
    /// <param name="answer">The refusal.</param>
    internal void AddStranger(IPAddress? source, Answer answer)
    {
        // Whoever is told to wait has had its lines.
        if (answer.Problem!.Type != ProblemTypes.TooManyFailures && strangers.Take(source))
        {
            Add(AuditEntry.Of(time.GetUtcNow(), grant: null, source, command: null, answer));
        }
        else
        {
            Interlocked.Increment(ref suppressed);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        summing?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            file?.Verify();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(
                AuditOptions.SectionName, typeof(AuditOptions), [$"{AuditOptions.SectionName}:{nameof(AuditOptions.File)}: {e.Message}"]);
        }

        summing = time.CreateTimer(_ => SumUp(), null, SumInterval, SumInterval);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        SumUp();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await lines.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
            {
                WriteBatch();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            lines.Writer.TryComplete();
            while (lines.Reader.Count > 0)
            {
                WriteBatch();
            }
        }
    }

    /// <summary>One line for all refusals that were none.</summary>
    private void SumUp()
    {
        if (Interlocked.Exchange(ref suppressed, 0) is > 0 and var count)
        {
            Add(new AuditEntry { Time = time.GetUtcNow(), Outcome = "suppressed", Suppressed = count });
        }
    }

    private void WriteBatch()
    {
        var batch = new List<byte[]>();
        while (batch.Count < MaxBatch && lines.Reader.TryRead(out var line))
        {
            batch.Add(line);
        }

        try
        {
            file!.Append(batch);
            if (isBroken)
            {
                isBroken = false;
                LogMended(Interlocked.Exchange(ref dropped, 0));
            }
            else if (Interlocked.Exchange(ref dropped, 0) is > 0 and var lost)
            {
                LogDropped(lost);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Interlocked.Add(ref dropped, batch.Count);
            if (!isBroken)
            {
                isBroken = true;
                LogBroken(e);
            }
        }
    }
}
