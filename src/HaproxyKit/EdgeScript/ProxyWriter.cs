using System.Globalization;
using System.Net;
using System.Text;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.EdgeScript;

/// <summary>
/// Writes a frontend and its backend so that they mean the same under any <c>defaults</c>: whatever these could set otherwise and would
/// change the outcome is written out. Every value is one quoted word.
/// </summary>
internal sealed class ProxyWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Appends both sections.</summary>
    internal void Write(string name, Address bind, IEnumerable<Address> nodes, HealthCheck? check, IEnumerable<string> comments)
    {
        // No name of a script has a colon, so no name of another statement can be the backend's.
        var backend = $"{name}:nodes";
        BeginSection("frontend", name, comments);
        AppendLine("enabled");
        AppendLine("mode", "tcp");
        AppendLine("bind", bind.Text);
        // An inherited log format may need HTTP, and HAProxy refuses it here.
        AppendLine("option", "tcplog");
        AppendLine("timeout", "client", "1h");
        AppendLine("default_backend", backend);

        BeginSection("backend", backend, []);
        AppendLine("enabled");
        AppendLine("mode", "tcp");
        AppendLine("balance", "roundrobin");
        AppendLine("timeout", "connect", "5s");
        AppendLine("timeout", "server", "1h");
        AppendLine("timeout", "tunnel", "1h");
        if (check is not null)
        {
            AppendLine("option", "tcp-check");
            AppendLine("tcp-check", "connect");
            AppendLine("timeout", "check", "5s");
        }

        AppendLine(
            "default-server", "enabled", "weight", "1", "maxconn", "0", "no-backup", "no-ssl", "no-check-ssl", "no-send-proxy", "no-send-proxy-v2",
            "no-check-send-proxy", "no-agent-check");
        var number = 0;
        foreach (var node in nodes)
        {
            AppendLine(["server", $"s{Text(++number)}", node.Text, .. CheckWords(check), .. NameWords(node)]);
        }
    }

    /// <summary>What was written, as a document.</summary>
    internal ConfigDocument ToDocument() => ConfigDocument.Parse(_text.ToString());

    private static string[] CheckWords(HealthCheck? check) => check is null
        ? ["no-check"]
        : ["check", "inter", HaproxyTime.Format(check.Interval), "fall", Text(check.Fall), "rise", Text(check.Rise)];

    /// <summary>A host name that cannot be resolved must not keep HAProxy from starting: it would close every other port too.</summary>
    private static string[] NameWords(Address node) => IPAddress.TryParse(node.Host, out _) ? [] : ["init-addr", "libc,none"];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void BeginSection(string keyword, string name, IEnumerable<string> comments)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        foreach (var comment in comments)
        {
            _text.Append(comment.Length == 0 ? "#" : "# ");
            foreach (var c in comment)
            {
                _text.Append(char.IsControl(c) ? ' ' : c);
            }

            _text.Append('\n');
        }

        _text.Append(keyword).Append(' ').Append(WordWriter.Quote(name)).Append('\n');
    }

    private void AppendLine(params ReadOnlySpan<string> words)
    {
        _text.Append("   ");
        foreach (var word in words)
        {
            _text.Append(' ').Append(WordWriter.Quote(word));
        }

        _text.Append('\n');
    }
}
