using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HaproxyKit.Control.Telemetry;

/// <summary>
/// What this library tells of itself by the means of .NET: one <see cref="ActivitySource"/> and one <see cref="Meter"/>, both named
/// <see cref="SourceName"/>. Who wants it listens: OpenTelemetry by <c>AddSource</c> and <c>AddMeter</c> with that name.
/// </summary>
/// <remarks>
/// <para>The names follow OpenTelemetry's conventions; durations are in seconds. Nothing that a tag holds comes from a configuration, a
/// command's values or a secret: each is one of a few words of our own, or where HAProxy listens (<c>server.address</c>, <c>server.port</c>).</para>
/// <list type="table">
/// <item><term>haproxykit.applies</term><description>Deployments, by <c>haproxykit.outcome</c>.</description></item>
/// <item><term>haproxykit.apply.duration</term><description>How long they took, by <c>haproxykit.outcome</c>.</description></item>
/// <item><term>haproxykit.reloads</term><description>Reloads, by <c>haproxykit.reload.strategy</c>, <c>haproxykit.reload.reason</c> and
/// <c>haproxykit.outcome</c>; those that somebody else asked for have the reason <c>foreign</c>.</description></item>
/// <item><term>haproxykit.reload.duration</term><description>How long our own took, by strategy and outcome.</description></item>
/// <item><term>haproxykit.runtime.command.duration</term><description>Commands of the Runtime API, by <c>haproxykit.command</c> and, where there
/// was no whole answer, <c>error.type</c>.</description></item>
/// <item><term>haproxykit.drift</term><description>In how many things HAProxy and its file differ, by <c>haproxykit.drift.kind</c>.</description></item>
/// <item><term>haproxykit.revision.age</term><description>For how long the revision that HAProxy serves has been the one.</description></item>
/// </list>
/// </remarks>
public static class ControlTelemetry
{
    /// <summary>The name of the source of activities and of the meter.</summary>
    public const string SourceName = "HaproxyKit";

    private const string Outcome = "haproxykit.outcome";
    private const string Strategy = "haproxykit.reload.strategy";
    private const string Reason = "haproxykit.reload.reason";
    private const string Command = "haproxykit.command";
    private const string Error = "error.type";
    private const string Seconds = "s";

    private static readonly string? Version = typeof(ControlTelemetry).Assembly.GetName().Version?.ToString(3);
    private static readonly ActivitySource Activities = new(SourceName, Version);
    private static readonly Meter Meter = new(SourceName, Version);

    private static readonly Counter<long> Applies =
        Meter.CreateCounter<long>("haproxykit.applies", "{apply}", "Deployments, by how they ended.");

    private static readonly Histogram<double> ApplyDuration =
        Meter.CreateHistogram<double>("haproxykit.apply.duration", Seconds, "How long deployments took.");

    private static readonly Counter<long> Reloads =
        Meter.CreateCounter<long>("haproxykit.reloads", "{reload}", "Reloads, by why and how HAProxy was asked, and how they ended.");

    private static readonly Histogram<double> ReloadDuration =
        Meter.CreateHistogram<double>("haproxykit.reload.duration", Seconds, "How long reloads took, until the new worker served or it was clear that none does.");

    private static readonly Histogram<double> CommandDuration = Meter.CreateHistogram(
        "haproxykit.runtime.command.duration",
        Seconds,
        "How long HAProxy's Runtime API took to answer.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.25, 1, 5] });

    private static readonly Gauge<long> Drift =
        Meter.CreateGauge<long>("haproxykit.drift", "{difference}", "In how many things HAProxy and its file differ, as last looked.");

    private static readonly RevisionAges Revisions = new(Meter);

    /// <summary>Whether anybody wants to know of commands; else they cost nothing more.</summary>
    internal static bool HearsCommands => CommandDuration.Enabled || Activities.HasListeners();

    /// <summary>Counts a deployment.</summary>
    internal static void RecordApply(string outcome, ServerPlace place, TimeSpan duration)
    {
        var tags = default(TagList);
        tags.Add(Outcome, outcome);
        place.AddTo(ref tags);
        Applies.Add(1, tags);
        ApplyDuration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>Counts a reload of ours.</summary>
    internal static void RecordReload(string strategy, string reason, string outcome, ServerPlace place, TimeSpan duration)
    {
        var tags = default(TagList);
        tags.Add(Strategy, strategy);
        tags.Add(Outcome, outcome);
        place.AddTo(ref tags);
        ReloadDuration.Record(duration.TotalSeconds, tags);
        tags.Add(Reason, reason);
        Reloads.Add(1, tags);
    }

    /// <summary>Counts a reload that somebody else asked for.</summary>
    internal static void RecordForeignReload(ServerPlace place)
    {
        var tags = default(TagList);
        tags.Add(Strategy, "unknown");
        tags.Add(Outcome, "succeeded");
        tags.Add(Reason, "foreign");
        place.AddTo(ref tags);
        Reloads.Add(1, tags);
    }

    /// <summary>Records one exchange with the Runtime API.</summary>
    /// <param name="command">The command's name; one that is not known is told as <see cref="CommandNames.Other"/>.</param>
    /// <param name="place">Where HAProxy listens.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="error">What went wrong, in one word; null where there was a whole answer.</param>
    internal static void RecordCommand(string command, ServerPlace place, TimeSpan duration, string? error)
    {
        var tags = default(TagList);
        tags.Add(Command, command);
        place.AddTo(ref tags);
        if (error is not null)
        {
            tags.Add(Error, error);
        }

        CommandDuration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>Tells in how many things of one kind HAProxy and its file differ.</summary>
    internal static void RecordDrift(string kind, ServerPlace place, int count)
    {
        var tags = default(TagList);
        tags.Add("haproxykit.drift.kind", kind);
        place.AddTo(ref tags);
        Drift.Record(count, tags);
    }

    /// <summary>Tells from when on a HAProxy has served its revision; the age is computed whenever it is asked for.</summary>
    internal static void RevisionServed(ServerPlace place, TimeProvider time, DateTimeOffset since) => Revisions.Set(place, time, since);

    /// <summary>No longer tells of a HAProxy's revision.</summary>
    internal static void RevisionForgotten(ServerPlace place) => Revisions.Remove(place);

    /// <summary>Begins the activity of a deployment; null where nobody listens.</summary>
    internal static Activity? StartApply() => Activities.StartActivity("haproxykit.apply");

    /// <summary>
    /// Begins the activity of carrying out what was asked for; null where nobody listens. One that was asked for alone belongs to that
    /// deployment; of several that go together it tells which.
    /// </summary>
    internal static Activity? StartRun(IReadOnlyList<ActivityContext> asking) => !Activities.HasListeners() ? null
        : asking is [var only] ? Activities.StartActivity("haproxykit.deployment", ActivityKind.Internal, only)
        : Activities.StartActivity("haproxykit.deployment", ActivityKind.Internal, default(ActivityContext), links: asking.Select(context => new ActivityLink(context)));

    /// <summary>Begins the activity of a reload; null where nobody listens.</summary>
    internal static Activity? StartReload(string strategy, string reason) =>
        Activities.StartActivity("haproxykit.reload")?.SetTag(Strategy, strategy).SetTag(Reason, reason);

    /// <summary>
    /// Begins the activity of a command that changes something; null where nobody listens. What only shows something has none: a reload
    /// asks a hundred times.
    /// </summary>
    internal static Activity? StartCommand(string command, ServerPlace place)
    {
        if (!Activities.HasListeners() || !CommandNames.IsChange(command))
        {
            return null;
        }

        var tags = new ActivityTagsCollection { { Command, command } };
        place.AddTo(tags);
        return Activities.StartActivity(command, ActivityKind.Client, default(ActivityContext), tags);
    }

    /// <summary>Ends an activity with its outcome.</summary>
    internal static void End(Activity? activity, string outcome, bool isError)
    {
        activity?.SetTag(Outcome, outcome);
        EndWithError(activity, isError ? outcome : null);
    }

    /// <summary>Says what went wrong in an activity, if anything did.</summary>
    internal static void EndWithError(Activity? activity, string? error)
    {
        if (error is not null)
        {
            activity?.SetTag(Error, error).SetStatus(ActivityStatusCode.Error);
        }
    }
}
