using System.ComponentModel;
using System.Diagnostics;
using HaproxyKit.Control.Unix;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Checking;

/// <summary>
/// Asks HAProxy itself, <c>haproxy -c</c>, with the files, the folder and the environment of the HAProxy that runs. The candidate stands beside
/// the file that it would replace, so that relative paths mean the same.
/// </summary>
public sealed class HaproxyChecker : IConfigChecker
{
    private const int NoListenerExitCode = 2;

    private readonly Func<CancellationToken, Task<InvocationReading>> _invocation;
    private readonly HaproxyCheckerOptions _options;
    private readonly TimeProvider _time;

    /// <summary>A checker.</summary>
    /// <param name="invocation">How HAProxy is started; asked before each check, since a restart may change it.</param>
    /// <param name="options">How patient to be, or null for the defaults.</param>
    /// <param name="time">The clock, or null for the system's.</param>
    public HaproxyChecker(Func<CancellationToken, Task<InvocationReading>> invocation, HaproxyCheckerOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        (_invocation, _options, _time) = (invocation, options ?? new HaproxyCheckerOptions(), time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(ConfigCandidate candidate, CancellationToken cancellationToken = default)
    {
        var reading = await _invocation(cancellationToken).ConfigureAwait(false);
        if (!reading.IsKnown)
        {
            return Unavailable(reading.Failure, "say in the settings how HAProxy is started: its files, its folder and its environment");
        }

        var invocation = reading.Invocation;
        try
        {
            var target = FileSystem.ResolveLinks(candidate.Path);
            using var beside = TemporaryFile.Create(Path.GetDirectoryName(target)!, Path.GetFileName(target));
            beside.SetMode(FileStatus.OfName(target)!.Value.Mode);
            beside.Write(candidate.Content.Span);
            var files = FilesWith(invocation, target, beside.Path);
            return files is null
                ? Unavailable($"{candidate.Path} is none of the files that HAProxy reads: {string.Join(' ', invocation.ConfigFiles)}", "give HAProxy the file with -f, or name the right file in the settings")
                : await RunAsync(invocation, files, candidate, beside.Path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unavailable($"the candidate cannot be written beside {candidate.Path}: {e.Message}", "the check needs the right to write in the file's folder");
        }
    }

    /// <summary>The list of files with the candidate in the target's place; null where the target is not in it.</summary>
    private static List<string>? FilesWith(HaproxyInvocation invocation, string target, string candidate)
    {
        var isThere = false;
        var files = new List<string>();
        foreach (var argument in invocation.ConfigFiles)
        {
            var path = invocation.Resolve(argument);
            IEnumerable<string> expanded = Directory.Exists(path) && IsWithin(target, path) ? FilesOf(path) : [path];
            foreach (var file in expanded)
            {
                var isTarget = File.Exists(file) && string.Equals(FileSystem.ResolveLinks(file), target, StringComparison.Ordinal);
                isThere |= isTarget;
                files.Add(isTarget ? candidate : expanded is string[] ? file : argument);
            }
        }

        return isThere ? files : null;
    }

    private static bool IsWithin(string file, string folder) =>
        FilesOf(folder).Any(entry => string.Equals(FileSystem.ResolveLinks(entry), file, StringComparison.Ordinal));

    /// <summary>What HAProxy loads of a folder: regular files that end in .cfg and do not begin with a dot, in the order of their bytes.</summary>
    private static string[] FilesOf(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(file => Path.GetFileName(file) is var name && !name.StartsWith('.') && name.IndexOf(".cfg", StringComparison.Ordinal) is > -1 and var at && at == name.Length - 4)
            .Order(StringComparer.Ordinal),
    ];

    private async Task<CheckResult> RunAsync(
        HaproxyInvocation invocation, List<string> files, ConfigCandidate candidate, string beside, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(invocation.Executable)
        {
            WorkingDirectory = invocation.WorkingFolder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in invocation.Options.Concat(["-c"]).Concat(files.SelectMany(file => new[] { "-f", file })))
        {
            start.ArgumentList.Add(argument);
        }

        if (invocation.Environment is { } environment)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }
        }

        var began = _time.GetTimestamp();
        try
        {
            var (exitCode, output) = await ChildProcess.RunAsync(start, _options.Timeout, _time, cancellationToken).ConfigureAwait(false);
            var lines = new SourceLines(candidate, beside);
            var diagnostics = HaproxyMessages.Parse(output, lines.Locate);
            return new CheckResult
            {
                Verdict = VerdictOf(exitCode),
                ExitCode = exitCode,
                Duration = _time.GetElapsedTime(began),
                Diagnostics = exitCode is null
                    ? diagnostics.Add(Finding($"HAProxy's check did not end within {_options.Timeout.TotalSeconds:0} seconds", "a server's name may be unknown to the name service"))
                    : diagnostics,
            };
        }
        catch (Win32Exception e)
        {
            return Unavailable($"{invocation.Executable} cannot be started: {e.Message}", "install HAProxy, or name its program in the settings");
        }
    }

    private static CheckVerdict VerdictOf(int? exitCode) => exitCode switch
    {
        0 => CheckVerdict.Accepted,
        1 => CheckVerdict.Refused,
        NoListenerExitCode => CheckVerdict.AcceptedWithoutListener,
        _ => CheckVerdict.Unavailable,
    };

    private static CheckResult Unavailable(string message, string hint) =>
        new() { Verdict = CheckVerdict.Unavailable, Diagnostics = [Finding(message, hint)] };

    private static Diagnostic Finding(string message, string hint) =>
        new() { Id = DiagnosticIds.CheckUnavailable, Severity = DiagnosticSeverity.Error, Message = message, Hint = hint };

    /// <summary>Finds the text of the lines that HAProxy names, and gives the candidate its target's name.</summary>
    private sealed class SourceLines(ConfigCandidate candidate, string beside)
    {
        private readonly Dictionary<string, ConfigDocument?> _documents = new(StringComparer.Ordinal) { [beside] = ConfigDocument.Parse(candidate.Content.Span) };

        internal DiagnosticLocation Locate(string file, int line)
        {
            if (!_documents.TryGetValue(file, out var document))
            {
                _documents[file] = document = File.Exists(file) ? ConfigDocument.Load(file) : null;
            }

            var name = string.Equals(file, beside, StringComparison.Ordinal) ? candidate.Path : file;
            var (offset, text) = document is null ? (0, default) : Find(document, line);
            return new DiagnosticLocation { File = name, Line = line, Span = new TextSpan(offset, 0), LineText = text };
        }

        private static (int Offset, ReadOnlyMemory<byte> Text) Find(ConfigDocument document, int line)
        {
            var (first, offset) = (1, 0);
            foreach (var section in document.Sections)
            {
                if (line < first + section.LineCount)
                {
                    return (offset + section.OffsetOfLine(line - first), section[line - first].Content);
                }

                first += section.LineCount;
                offset += section.Length;
            }

            return (0, default);
        }
    }
}
