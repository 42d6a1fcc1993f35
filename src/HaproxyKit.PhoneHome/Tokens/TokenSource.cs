using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>The tokens as settings and files hold them now or held them a few seconds ago.</summary>
/// <remarks>
/// At the start all of them must be usable, and there must be one. Later the settings and each file are judged for themselves: what is gone is
/// revoked, and what is broken, or cannot be seen, keeps what it said, with an alarm. Where the last token is gone nobody can call, as nobody could
/// at the start, and there is an alarm: who takes the last one away means it.
/// </remarks>
internal sealed partial class TokenSource
{
    internal static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private const string SettingsPlace = $"{PhoneHomeTokenOptions.SectionName}:Tokens";
    private const string NoTokenKey = "phone-home tokens";
    private const string MustHaveOne = $"{SettingsPlace} is empty: name at least one token, or nobody can call";

    private readonly IOptionsMonitor<PhoneHomeTokenOptions> options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly TokenSet.Comparison compare;
    private readonly AlarmBoard? alarms;
    private readonly Lock looking = new();
    private readonly TokenFolders folders = new();
    private readonly TokenPlaces places;
    private Dictionary<string, TokenFiles> files = [];
    private Dictionary<string, string> troubles = [];
    private long lastLook;
    private volatile TokenSet current;

    /// <summary>Reads the tokens.</summary>
    /// <exception cref="OptionsValidationException">A token cannot be used, or there is none.</exception>
    internal TokenSource(
        IOptionsMonitor<PhoneHomeTokenOptions> options, TimeProvider time, ILogger logger, TokenSet.Comparison compare, AlarmBoard? alarms)
    {
        (this.options, this.time, this.logger, this.compare, this.alarms) = (options, time, logger, compare, alarms);
        places = new TokenPlaces(folders);
        var problems = new List<(string Place, string Problem)>();
        places.Judge(Read(options.CurrentValue), problems);
        current = new TokenSet(places.Tokens, compare);
        if (current.Count == 0 && problems.Count == 0)
        {
            problems.Add((SettingsPlace, MustHaveOne));
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException(nameof(PhoneHomeTokenOptions), typeof(PhoneHomeTokenOptions), problems.Select(problem => problem.Problem));
        }

        lastLook = time.GetTimestamp();
    }

    internal TokenSet Current
    {
        get
        {
            if (time.GetElapsedTime(Volatile.Read(ref lastLook)) >= LookInterval && looking.TryEnter())
            {
                try
                {
                    Look();
                }
                finally
                {
                    looking.Exit();
                }
            }

            return current;
        }
    }

    private void Look()
    {
        Volatile.Write(ref lastLook, time.GetTimestamp());
        IReadOnlyList<TokenReading> readings;
        try
        {
            readings = Read(options.CurrentValue);
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            // How settings tell that they cannot be read, a date that is none for example. The files that they named are read all the same.
            readings = [new TokenReading(SettingsPlace, Entries: null, $"cannot be read: {e.Message}"), .. files.Values.SelectMany(file => file.Read())];
        }

        var problems = new List<(string Place, string Problem)>();
        var gone = places.Judge(readings, problems);
        var found = new TokenSet(places.Tokens, compare);
        foreach (var place in gone)
        {
            LogRevoked(place);
        }

        if (!found.Holds(current))
        {
            LogChanged(found.Count);
        }

        current = found;
        Tell(problems.ToLookup(problem => problem.Place, problem => problem.Problem, StringComparer.Ordinal)
            .ToDictionary(place => place.Key, place => string.Join("; ", place.Take(PhoneHomeLimits.MaxProblems)), StringComparer.Ordinal));
    }

    private List<TokenReading> Read(PhoneHomeTokenOptions value)
    {
        var settings = new TokenReading(SettingsPlace, [.. value.Tokens.Select((entry, i) => ($"{SettingsPlace}:{i}", entry))]);
        files = value.TokenFiles.Distinct(StringComparer.Ordinal)
            .ToDictionary(path => path, path => files.GetValueOrDefault(path) ?? new TokenFiles(path, folders), StringComparer.Ordinal);
        return [settings, .. files.Values.SelectMany(file => file.Read())];
    }

    /// <summary>Tells each trouble once, and has it stand on the board until it is over.</summary>
    private void Tell(Dictionary<string, string> found)
    {
        foreach (var (place, problem) in found)
        {
            if (troubles.GetValueOrDefault(place) != problem)
            {
                LogKept(place, problem);
            }

            alarms?.Raise(KeyOf(place), new Diagnostic
            {
                Id = DiagnosticIds.TokensKept,
                Severity = DiagnosticSeverity.Error,
                Message = $"tokens cannot be used, and what was said before counts, but for what is gone: {problem}",
                Hint = "mend it, or delete it to revoke what it said",
            });
        }

        foreach (var place in troubles.Keys.Except(found.Keys, StringComparer.Ordinal))
        {
            LogMended(place);
            alarms?.Clear(KeyOf(place));
        }

        troubles = found;
        if (current.Count > 0)
        {
            alarms?.Clear(NoTokenKey);
            return;
        }

        alarms?.Raise(NoTokenKey, new Diagnostic
        {
            Id = DiagnosticIds.NoToken,
            Severity = DiagnosticSeverity.Error,
            Message = "all tokens were taken away: nobody can call",
            Hint = "name one in the settings, or put a file into a folder that they name",
        });
    }

    private static string KeyOf(string place) => $"{NoTokenKey} {place}";

    [LoggerMessage(1, LogLevel.Information, "The tokens have changed: {Count} are known now")]
    private partial void LogChanged(int count);

    [LoggerMessage(2, LogLevel.Error, "The tokens of {Place} cannot be used; what it said before counts, but for what is gone: {Problem}")]
    private partial void LogKept(string place, string problem);

    [LoggerMessage(3, LogLevel.Warning, "{Place} is gone: its tokens are revoked")]
    private partial void LogRevoked(string place);

    [LoggerMessage(4, LogLevel.Information, "The tokens of {Place} can be used again")]
    private partial void LogMended(string place);
}
