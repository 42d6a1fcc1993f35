using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Support;

/// <summary>
/// What a HAProxy is to those who change it, where thousands of rounds are wanted: it loads a file whole or refuses it, answers on a socket,
/// and forgets at each load what it was told since the one before. It opens no port.
/// </summary>
internal sealed class MemoryHaproxy : IConfigChecker, IReloader, IAsyncDisposable
{
    private const string Columns = "# pxname,svname,scur,slim,status,weight,type,";

    // No process has such a number.
    private const int FirstPid = 10_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly Lock _gate = new();
    private readonly ServedSocket _socket;
    private readonly Dictionary<string, bool> _frontends = new(StringComparer.Ordinal);
    private readonly List<MemoryServer> _servers = [];
    private HashSet<string> _backends = [];
    private int _pid = FirstPid;
    private bool _isUp;

    internal MemoryHaproxy(string text)
    {
        File.WriteAllText(ConfigPath, text);
        Load();
        _socket = new ServedSocket(AnswerAsync);
    }

    internal string ConfigPath => _folder.File("haproxy.cfg");

    internal string StatsSocket => _socket.Path;

    /// <summary>Ends, and starts again with what the file says now; a faulty file is not started.</summary>
    internal void Restart()
    {
        lock (_gate)
            _isUp = false;
        Load();
    }

    public Task<CheckResult> CheckAsync(ConfigCandidate candidate, CancellationToken cancellationToken = default) => Task.FromResult(Check(candidate.Content));

    public Task<CheckResult> CheckAsync(CancellationToken cancellationToken = default) => Task.FromResult(Check(File.ReadAllBytes(ConfigPath)));

    public Task<ReloadResult> ReloadAsync(ReloadExpectation expectation, CancellationToken cancellationToken = default)
    {
        var old = _pid;
        var check = Load();
        return Task.FromResult(new ReloadResult
        {
            Succeeded = check.IsAccepted,
            OldWorkerPid = old,
            NewWorkerPid = check.IsAccepted ? _pid : null,
            StillServing = !check.IsAccepted,
            Worker = new WorkerIdentity(_pid, _pid, null, null, IsReloading: false, AnswersOnStatsSocket: true),
            Diagnostics = check.Diagnostics,
            Duration = TimeSpan.Zero,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        _folder.Dispose();
    }

    private static CheckResult Check(ReadOnlyMemory<byte> content)
    {
        var document = ConfigDocument.Parse(content.Span);
        var config = new HaproxyConfig(document);
        var faults = config.Sections.Select((section, ordinal) => (Section: section, Ordinal: ordinal)).Where(pair => pair.Section is ProxySection)
            .GroupBy(pair => (pair.Section.Name, pair.Section.Kind)).SelectMany(group => group.Skip(1))
            .Select(pair => Fault(document.GetPosition(pair.Ordinal).Line + pair.Section.Syntax.HeaderLine, $"proxy '{pair.Section.Name}' is there twice"))
            .Concat(config.Sections.SelectMany(section => section.Directives).Where(directive => directive.Keyword == "bogus")
                .Select(directive => Fault(directive.LineNumber, "unknown keyword 'bogus'")))
            .ToList();
        return new CheckResult { Verdict = faults.Count == 0 ? CheckVerdict.Accepted : CheckVerdict.Refused, ExitCode = faults.Count == 0 ? 0 : 1, Diagnostics = faults };
    }

    private static Diagnostic Fault(int line, string message) => new()
    {
        Id = DiagnosticIds.HaproxyMessage,
        Severity = DiagnosticSeverity.Error,
        Message = message,
        Location = new DiagnosticLocation { File = "haproxy.cfg", Line = line },
    };

    private CheckResult Load()
    {
        ReadOnlyMemory<byte> content = File.ReadAllBytes(ConfigPath);
        var check = Check(content);
        if (!check.IsAccepted)
            return check;
        var config = new HaproxyConfig(ConfigDocument.Parse(content.Span));
        lock (_gate)
        {
            (_isUp, _pid) = (true, _pid + 1);
            _frontends.Clear();
            foreach (var frontend in config.Frontends)
                _frontends.Add(frontend.Name, true);
            _backends = config.Backends.Select(backend => backend.Name).ToHashSet(StringComparer.Ordinal);
            _servers.Clear();
            _servers.AddRange(config.Backends.SelectMany(backend => backend.Servers.Select(server => ServerOf(backend.Name, server))));
        }

        return check;
    }

    private static MemoryServer ServerOf(string backend, Server server)
    {
        var words = server.Arguments.Select(word => word.Value).ToList();
        var at = words.IndexOf("weight");
        var weight = at < 0 ? 100 : int.Parse(words[at + 1], CultureInfo.InvariantCulture);
        return new MemoryServer
        {
            Backend = backend,
            Name = server.Name,
            Address = server.Address.IPAddress!,
            Port = server.Address.Port!.Value,
            ConfiguredWeight = weight,
            Weight = weight,
            Admin = words.Contains("disabled") ? ServerAdminStates.ForcedMaintenance | ServerAdminStates.ConfiguredMaintenance : ServerAdminStates.None,
        };
    }

    private async Task AnswerAsync(Socket socket, CancellationToken limit)
    {
        var line = await ServedSocket.ReadAsync(socket, limit);
        string? answer;
        lock (_gate)
            answer = _isUp ? string.Concat(line.TrimEnd('\n').Split(';').Select(command => Answer(command.Split(' ')) + "\n")) : null;
        if (answer is not null)
            await ServedSocket.SendAsync(socket, answer, limit);
    }

    private string Answer(string[] words) => words switch
    {
        ["show", "info"] => string.Create(CultureInfo.InvariantCulture, $"Name: HAProxy\nVersion: 3.0.11\nPid: {_pid}\nUptime_sec: 1\nStart_time_sec: {_pid}\nMaxsock: 100\nUlimit-n: 1000\nMaxconn: 100\nStopping: 0\n"),
        ["show", "stat"] => Stat(static _ => true),
        ["show", "stat", var proxy, ..] => _frontends.ContainsKey(proxy) || _backends.Contains(proxy) ? Stat(name => name == proxy) : "No such proxy.\n",
        ["show", "servers", "state"] => States(static _ => true),
        ["show", "servers", "state", var backend] => _backends.Contains(backend) ? States(name => name == backend) : "Can't find backend.\n",
        ["set", "server", var path, .. var rest] => Find(path) is { } server ? Set(server, rest) : "No such server.\n",
        ["enable" or "disable", "frontend", var frontend] => Switch(frontend, words[0] == "enable"),
        ["enable", "health", var path] => Find(path) is { } server ? Silently(() => server.IsChecked = true) : "No such server.\n",
        ["add", "server", var path, var place, .. var rest] => Add(path, place, rest),
        ["del", "server", var path] => Delete(path),
        ["shutdown", "sessions", "server", _] => "",
        _ => $"Unknown command: '{words[0]}'\n",
    };

    private string Stat(Func<string, bool> isAsked) => string.Concat(
    [
        Columns + "\n",
        .. _frontends.Where(pair => isAsked(pair.Key)).Select(pair => $"{pair.Key},FRONTEND,0,100,{(pair.Value ? "OPEN" : "PAUSED")},,0,\n"),
        .. _servers.Where(server => isAsked(server.Backend)).Select(server => server.StatRow + "\n"),
        .. _backends.Where(isAsked).Select(backend => $"{backend},BACKEND,0,100,UP,100,1,\n"),
    ]);

    private string States(Func<string, bool> isAsked) =>
        "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result "
        + "srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port\n"
        + string.Concat(_servers.Where(server => isAsked(server.Backend)).Select(server => server.StateRow + "\n"));

    private MemoryServer? Find(string path) => _servers.Find(server => $"{server.Backend}/{server.Name}" == path);

    private static string Set(MemoryServer server, string[] words) => words switch
    {
        ["addr", var address, "port", var port] => Move(server, IPAddress.Parse(address), int.Parse(port, CultureInfo.InvariantCulture)),
        ["health", var health] => Silently(() => server.IsUp = health == "up"),
        ["weight", var weight] => Silently(() => server.Weight = int.Parse(weight, CultureInfo.InvariantCulture)),
        ["state", var state] => Silently(() => server.Admin = state switch
        {
            "ready" => ServerAdminStates.None,
            "drain" => ServerAdminStates.ForcedDrain,
            _ => ServerAdminStates.ForcedMaintenance,
        } | (server.Admin & ServerAdminStates.ConfiguredMaintenance)),
        _ => "'set server <srv>' only supports what is said above.\n",
    };

    private static string Move(MemoryServer server, IPAddress address, int port)
    {
        var told = $"{(server.Address.Equals(address) ? "no need to change the addr" : $"IP changed from '{server.Address}' to '{address}'")}, "
            + $"{(server.Port == port ? "no need to change the port" : $"port changed from '{server.Port}' to '{port}'")} by 'stats socket command'\n";
        (server.Address, server.Port) = (address, port);
        return told;
    }

    private static string Silently(Action act)
    {
        act();
        return "";
    }

    private string Switch(string frontend, bool isOpen)
    {
        if (!_frontends.ContainsKey(frontend))
            return "No such frontend.\n";
        _frontends[frontend] = isOpen;
        return "";
    }

    private string Add(string path, string place, string[] words)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var colon = place.LastIndexOf(':');
        var at = Array.IndexOf(words, "weight");
        var weight = at < 0 ? 1 : int.Parse(words[at + 1], CultureInfo.InvariantCulture);
        _servers.Add(new MemoryServer
        {
            Backend = path[..slash],
            Name = path[(slash + 1)..],
            Address = IPAddress.Parse(place[..colon].Trim('[', ']')),
            Port = int.Parse(place.AsSpan(colon + 1), CultureInfo.InvariantCulture),
            ConfiguredWeight = weight,
            Weight = weight,
            Admin = ServerAdminStates.ForcedMaintenance,
            IsChecked = false,
        });
        return "New server registered.\n";
    }

    private string Delete(string path)
    {
        if (Find(path) is not { } server)
            return "No such server.\n";
        if ((server.Admin & ServerAdminStates.ForcedMaintenance) == ServerAdminStates.None)
            return "Only servers in maintenance mode can be deleted.\n";
        _servers.Remove(server);
        return "Server deleted.\n";
    }
}
