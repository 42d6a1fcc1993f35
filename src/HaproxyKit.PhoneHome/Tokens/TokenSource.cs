using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>
/// The tokens as settings and files hold them now or held them a few seconds ago. A change that cannot be read whole
/// changes nothing.
/// </summary>
internal sealed partial class TokenSource
{
    internal static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly IOptionsMonitor<PhoneHomeTokenOptions> options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly TokenSet.Comparison compare;
    private readonly Lock looking = new();
    private long lastLook;
    private string? lastProblem;
    private volatile TokenSet current;

    /// <summary>Reads the tokens.</summary>
    /// <exception cref="OptionsValidationException">A token cannot be used, or there is none.</exception>
    internal TokenSource(
        IOptionsMonitor<PhoneHomeTokenOptions> options, TimeProvider time, ILogger logger, TokenSet.Comparison compare)
    {
        (this.options, this.time, this.logger, this.compare) = (options, time, logger, compare);
        var problems = new List<string>();
        current = Read(problems);
        if (current.Count == 0 && problems.Count == 0)
        {
            problems.Add("PhoneHome:Tokens is empty: name at least one token, or nobody can call");
        }

        if (problems.Count > 0)
        {
            throw new OptionsValidationException(nameof(PhoneHomeTokenOptions), typeof(PhoneHomeTokenOptions), problems);
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
        var problems = new List<string>();
        TokenSet? found = null;
        try
        {
            found = Read(problems);
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            // How settings tell that they cannot be read, a date that is none for example.
            problems.Add(e.Message);
        }

        if (problems.Count > 0)
        {
            var problem = string.Join("; ", problems.Take(PhoneHomeLimits.MaxProblems));
            if (problem != lastProblem)
            {
                LogKept(current.Count, problem);
            }

            lastProblem = problem;
            return;
        }

        // Also none at all: who takes the last token away means it.
        if (lastProblem is not null || !found!.Holds(current))
        {
            LogChanged(found!.Count);
        }

        lastProblem = null;
        current = found!;
    }

    private TokenSet Read(List<string> problems)
    {
        var value = options.CurrentValue;
        var entries = value.Tokens
            .Select((entry, i) => ($"{PhoneHomeTokenOptions.SectionName}:Tokens:{i}", entry))
            .Concat(value.TokenFiles.SelectMany(path => TokenFiles.Read(path, problems)));
        return TokenSet.Read(entries, problems, compare);
    }

    [LoggerMessage(1, LogLevel.Information, "The tokens have changed: {Count} are known now")]
    private partial void LogChanged(int count);

    [LoggerMessage(2, LogLevel.Error, "The tokens have changed and cannot be used; the former {Count} stay: {Problem}")]
    private partial void LogKept(int count, string problem);
}
