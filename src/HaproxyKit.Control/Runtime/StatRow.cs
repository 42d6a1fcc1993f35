using System.Globalization;

namespace HaproxyKit.Control.Runtime;

/// <summary>One row of <c>show stat</c> (management guide, 9.1).</summary>
public sealed class StatRow
{
    private readonly IReadOnlyDictionary<string, int> columns;
    private readonly ReadOnlyMemory<char> row;

    internal StatRow(IReadOnlyDictionary<string, int> columns, ReadOnlyMemory<char> row)
    {
        this.columns = columns;
        this.row = row;
    }

    /// <summary>The name of the frontend, backend or listen section (<c>pxname</c>).</summary>
    public string Proxy => this["pxname"];

    /// <summary>The server's or the socket's name, or <c>FRONTEND</c> or <c>BACKEND</c> (<c>svname</c>).</summary>
    public string Service => this["svname"];

    /// <summary>What the row is about.</summary>
    public StatKind Kind => (StatKind)(Number("type") ?? (long)StatKind.Frontend);

    /// <summary>
    /// The state in HAProxy's words: <c>OPEN</c>, <c>STOP</c> or <c>PAUSED</c> for a frontend, <c>UP</c>, <c>DOWN</c>,
    /// <c>DRAIN</c>, <c>MAINT</c>, <c>no check</c> and such, with a count, for a server.
    /// </summary>
    public string Status => this["status"];

    /// <summary>How many sessions there are now (<c>scur</c>).</summary>
    public long CurrentSessions => Number("scur") ?? 0;

    /// <summary>The names of all columns that this HAProxy shows.</summary>
    public IEnumerable<string> Columns => columns.Keys;

    /// <summary>One column's text; empty where it does not apply, or where this HAProxy has no such column.</summary>
    /// <param name="column">HAProxy's own name for it.</param>
    public string this[string column] => columns.TryGetValue(column, out var at) ? StatTable.Text(StatTable.ValueAt(row.Span, at)) : "";

    /// <summary>One column as a whole number.</summary>
    /// <param name="column">HAProxy's own name for it.</param>
    /// <returns>The number, or null where there is none.</returns>
    public long? Number(string column) =>
        columns.TryGetValue(column, out var at)
        && long.TryParse(StatTable.ValueAt(row.Span, at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The row in short.</summary>
    /// <returns><c>proxy/service status</c>.</returns>
    public override string ToString() => $"{Proxy}/{Service} {Status}";
}
