using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>
/// Writes up each change that was asked for and what became of it: as JSON, a line each, in the log and where settings say
/// so in a file. No call waits for the disk; what a disk cannot take in time is counted and told.
/// </summary>
internal sealed partial class AuditLog : BackgroundService
{
    private const int Capacity = 4096;
    private const int MaxBatch = 256;

    private readonly Channel<byte[]> lines = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly AuditFile? file;
    private readonly ILogger logger;
    private long dropped;
    private bool isBroken;

    public AuditLog(IOptions<AuditOptions> options, ILogger<AuditLog> logger)
    {
        var settings = options.Value;
        file = string.IsNullOrEmpty(settings.File) ? null : new AuditFile(settings.File, settings.MaxBytes, settings.MaxFiles);
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

        return base.StartAsync(cancellationToken);
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
