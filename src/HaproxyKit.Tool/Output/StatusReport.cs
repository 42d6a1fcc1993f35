using System.Globalization;

namespace HaproxyKit.Tool.Output;

/// <summary>Writes the state of a running HAProxy for people.</summary>
internal static class StatusReport
{
    private const int ShownHash = 12;
    private const int ShownNames = 10;

    internal static void Write(ToolOutput output, StatusJson status)
    {
        if (status.Reachable)
        {
            WriteRunning(output, status);
        }
        else
        {
            output.Line("HAProxy does not answer", Colour.Red);
        }

        WriteFile(output, status);
        foreach (var alarm in status.Alarms)
        {
            output.Line($"alarm: {alarm}", Colour.Yellow);
        }

        foreach (var change in status.Changes)
        {
            output.Line($"change {Text(change)}");
        }
    }

    private static void WriteRunning(ToolOutput output, StatusJson status)
    {
        var uptime = TimeSpan.FromSeconds(status.UptimeSeconds ?? 0);
        var reloads = status.Reloads is { } count ? string.Create(CultureInfo.InvariantCulture, $", {count} reloads") : "";
        var master = status.MasterPid is { } pid ? string.Create(CultureInfo.InvariantCulture, $"master {pid}, ") : "";
        var worker = string.Create(CultureInfo.InvariantCulture, $"worker {status.WorkerPid}, up {uptime:d\\.hh\\:mm\\:ss}");
        output.Line($"HAProxy {status.Version}: {master}{worker}{reloads}", Colour.Green);
        output.Line(status.OldWorkers switch
        {
            null => "old workers: unknown; name the master's socket with --master-socket",
            [] => "old workers: none",
            var pids => $"old workers: {string.Join(", ", pids)}, still with sessions of earlier configurations",
        });
        output.Line($"frontends: {Counted(status.Frontends!, "open", "closed", $"closed until they are called for{Names(status.Frontends!.Waiting)}")}");
        output.Line($"servers: {Counted(status.Servers!, "up", "down", "spare")}");
    }

    private static void WriteFile(ToolOutput output, StatusJson status)
    {
        if (status.Revision is not { } revision)
        {
            return;
        }

        var since = status.ChangedSince is { } number
            ? string.Create(CultureInfo.InvariantCulture, $", written by others since change {number}")
            : "";
        var name = $"{status.Target}: revision {revision[..ShownHash]}{since}";
        if (status.Drift.Length == 0)
        {
            output.Line(status.Reachable ? $"{name}; HAProxy differs in nothing" : name);
            return;
        }

        output.Line($"{name}; HAProxy differs:", Array.TrueForAll(status.Drift, item => item.ByHand) ? Colour.Yellow : Colour.Red);
        foreach (var item in status.Drift)
        {
            output.Line($"  {item.Text}", item.ByHand ? Colour.Yellow : Colour.Red);
        }
    }

    private static string Counted(CountJson count, string up, string down, string waiting)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{count.Up} {up}, {count.Down.Length} {down}{Names(count.Down)}");
        text += count.Maintenance.Length == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $", {count.Maintenance.Length} in maintenance{Names(count.Maintenance)}");
        text += count.Draining.Length == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $", {count.Draining.Length} draining{Names(count.Draining)}");
        return text + (count.Waiting.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count.Waiting.Length} {waiting}"));
    }

    private static string Names(string[] names) => names.Length == 0 ? ""
        : $" ({string.Join(", ", names.Take(ShownNames))}{(names.Length > ShownNames ? ", ..." : "")})";

    private static string Text(ChangeJson change)
    {
        var what = change.Steps switch
        {
            [] => "",
            [var only] => $": {only}",
            [var first, ..] => string.Create(CultureInfo.InvariantCulture, $": {first} and {change.Steps.Length - 1} more"),
        };
        var undone = change is { Standing: false, Undoes: [], Outcome: "applied" or "unreachable" } ? ", undone since" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{change.Number}, {change.Time:yyyy-MM-dd HH:mm:ss}Z, {change.Outcome}{undone}, {change.Origin}{what}");
    }
}
