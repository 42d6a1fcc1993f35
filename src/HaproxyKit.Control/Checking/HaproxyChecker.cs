using HaproxyKit.Diagnostics;

namespace HaproxyKit.Control.Checking;

/// <summary>
/// Runs <c>haproxy -c</c> with the files, the folder and the environment of the running HAProxy, one file replaced by
/// the candidate. Sockets are not bound by a check: a taken port passes.
/// </summary>
/// <param name="invocation">How HAProxy is run.</param>
/// <param name="options">The limits; null for the defaults.</param>
/// <param name="time">The clock for the time limit; null for the system's.</param>
public sealed class HaproxyChecker(
    HaproxyInvocation invocation, HaproxyCheckerOptions? options = null, TimeProvider? time = null)
    : IConfigChecker
{
    private const int AcceptedCode = 0;
    private const int RefusedCode = 1;
    private const int NoListenerCode = 2;
    private const long LongestShownFile = 64 * 1024 * 1024;

    private readonly CheckProcess process = new(
        invocation, options ?? new HaproxyCheckerOptions(), time ?? TimeProvider.System);

    /// <summary>How HAProxy is run.</summary>
    public HaproxyInvocation Invocation { get; } = invocation;

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(ConfigCandidate candidate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        CandidateFile? file;
        try
        {
            file = CandidateFile.Write(Invocation, candidate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unavailable($"the candidate cannot be written beside {candidate.Path}: {e.Message}");
        }

        if (file is null)
        {
            var loaded = string.Join(' ', Invocation.ConfigPaths);
            return Unavailable($"HAProxy does not load {candidate.Path}: it is started with {loaded}");
        }

        using (file)
        {
            var run = await process.RunAsync(file.Arguments, cancellationToken).ConfigureAwait(false);
            return Judge(run with { Output = file.WithShownNames(run.Output) }, file.ShownName, candidate.Content);
        }
    }

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CancellationToken cancellationToken = default) =>
        Judge(await process.RunAsync(Invocation.ConfigPaths, cancellationToken).ConfigureAwait(false), null, default);

    private CheckResult Judge(CheckRun run, string? candidateName, ReadOnlyMemory<byte> candidate)
    {
        var verdict = run.ExitCode switch
        {
            AcceptedCode => CheckVerdict.Accepted,
            RefusedCode => CheckVerdict.Refused,
            NoListenerCode => CheckVerdict.AcceptedWithoutListener,
            _ => CheckVerdict.Unavailable,
        };
        var sources = new SourceLines(
            name => string.Equals(name, candidateName, StringComparison.Ordinal) ? candidate : ReadSource(name));
        return new CheckResult
        {
            Verdict = verdict,
            ExitCode = run.ExitCode,
            Output = run.Output,
            Duration = run.Duration,
            Diagnostics = Complete(verdict, run, HaproxyMessages.Parse(run.Output, sources)),
        };
    }

    /// <summary>The exit code decides; the messages are fitted to it.</summary>
    private static IReadOnlyList<Diagnostic> Complete(
        CheckVerdict verdict, CheckRun run, IReadOnlyList<Diagnostic> messages)
    {
        switch (verdict)
        {
            case CheckVerdict.Accepted:
                // Some versions raise an alert, and start all the same.
                return [.. messages.Select(NoGraverThanWarning)];
            case CheckVerdict.AcceptedWithoutListener:
                return [.. messages, new Diagnostic
                {
                    Id = DiagnosticIds.NoListener,
                    Severity = DiagnosticSeverity.Error,
                    Message = "the configuration has no listener: HAProxy would close every port",
                }];
            case CheckVerdict.Unavailable:
                return [.. messages, Problem(
                    DiagnosticIds.HaproxyUnreachable, run.Problem ?? $"HAProxy ended with exit code {run.ExitCode}")];
            default:
                return messages.Any(m => m.Severity == DiagnosticSeverity.Error)
                    ? messages
                    : [.. messages, Problem(DiagnosticIds.HaproxyMessage, LastLine(run.Output))];
        }
    }

    private static Diagnostic NoGraverThanWarning(Diagnostic message) =>
        message.Severity == DiagnosticSeverity.Error ? message with { Severity = DiagnosticSeverity.Warning } : message;

    /// <summary>The lines of the other files that HAProxy reads, to show them with a message.</summary>
    private ReadOnlyMemory<byte>? ReadSource(string name)
    {
        try
        {
            var file = new FileInfo(Path.GetFullPath(name, Invocation.ConfigFolder));
            return file is { Exists: true, Length: <= LongestShownFile } ? File.ReadAllBytes(file.FullName) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string LastLine(string output) => output.TrimEnd().Split('\n')[^1] is { Length: > 0 } line
        ? line.Trim()
        : "HAProxy refuses the configuration and does not say why";

    private static CheckResult Unavailable(string message) => new()
    {
        Verdict = CheckVerdict.Unavailable,
        Diagnostics = [Problem(DiagnosticIds.HaproxyUnreachable, message)],
    };

    private static Diagnostic Problem(string id, string message) =>
        new() { Id = id, Severity = DiagnosticSeverity.Error, Message = message };
}
