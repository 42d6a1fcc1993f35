using System.Globalization;
using System.Net;

namespace HaproxyKit.Control.Runtime;

/// <summary>Reads the answer of <c>show servers state</c>: a format version, the names of the columns, and rows.</summary>
internal static class ServerStateTable
{
    private const string FormatVersion = "1";
    private const string HeaderStart = "# ";
    private const string UnknownBackend = "Can't find backend.";

    /// <returns>The rows, none for a backend that does not exist, or null where the answer is not such a table.</returns>
    internal static IReadOnlyList<ServerState>? Parse(string answer)
    {
        if (string.Equals(answer, UnknownBackend, StringComparison.Ordinal))
        {
            return [];
        }

        var lines = answer.Split('\n');
        if (lines is not [FormatVersion, var header, ..] || !header.StartsWith(HeaderStart, StringComparison.Ordinal))
        {
            return null;
        }

        var columns = Columns(header);
        var rows = new List<ServerState>(lines.Length - 2);
        foreach (var line in lines.AsSpan(2))
        {
            if (Row(columns, line.Split(' ')) is not { } row)
            {
                return null;
            }

            rows.Add(row);
        }

        return rows;
    }

    private static Dictionary<string, int> Columns(string header) => header[HeaderStart.Length..]
        .Split(' ')
        .Select((name, index) => (name, index))
        .DistinctBy(column => column.name, StringComparer.Ordinal)
        .ToDictionary(column => column.name, column => column.index, StringComparer.Ordinal);

    private static ServerState? Row(Dictionary<string, int> columns, string[] values)
    {
        string? Text(string column) => columns.TryGetValue(column, out var at) && at < values.Length ? values[at] : null;
        int? Number(string column) =>
            int.TryParse(Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

        IPAddress? Literal(string column) => IPAddress.TryParse(Text(column), out var literal) ? literal : null;

        if (Text("be_name") is not { } backend
            || Text("srv_name") is not { } name
            || Text("srv_addr") is not { } address
            || Number("srv_port") is not { } port
            || Number("srv_op_state") is not { } operational
            || Number("srv_admin_state") is not { } admin
            || Number("srv_uweight") is not { } weight)
        {
            return null;
        }

        return new ServerState
        {
            Backend = backend,
            Name = name,
            Address = IPAddress.TryParse(address, out var parsed) ? parsed : null,
            AddressText = address,
            Port = port,
            Operational = (ServerOperationalState)operational,
            Admin = (ServerAdminStates)admin,
            Weight = weight,
            ConfiguredWeight = Number("srv_iweight") ?? weight,
            SinceLastChange = TimeSpan.FromSeconds(Number("srv_time_since_last_change") ?? 0),
            CheckStatus = Number("srv_check_status") ?? 0,
            CheckResult = Number("srv_check_result") ?? 0,
            CheckHealth = Number("srv_check_health") ?? 0,
            CheckState = Number("srv_check_state") ?? 0,
            AgentState = Number("srv_agent_state") ?? 0,
            CheckAddress = Literal("srv_check_addr"),
            CheckPort = Number("srv_check_port") ?? 0,
            AgentAddress = Literal("srv_agent_addr"),
            AgentPort = Number("srv_agent_port") ?? 0,
            Fqdn = Text("srv_fqdn") is { } fqdn and not "-" ? fqdn : null,
        };
    }
}
