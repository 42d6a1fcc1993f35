using System.Globalization;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>
/// The ports of this machine's SSH server, from its own settings: it may be about to start, and must get in. Where it
/// listens already, the trial of a bind finds it too.
/// </summary>
/// <param name="file">Its settings.</param>
internal sealed class SshPorts(string file = "/etc/ssh/sshd_config") : IReservedPorts
{
    private const int DefaultPort = 22;
    private const int MaxFiles = 64;

    private static readonly EnumerationOptions Plain = new() { MatchType = MatchType.Simple, IgnoreInaccessible = true };

    /// <inheritdoc/>
    public string? Find(int port) => Read().Contains(port) ? "this machine's SSH server has it" : null;

    /// <summary>The ports, or none where this machine has no SSH server.</summary>
    internal IReadOnlySet<int> Read()
    {
        var ports = new HashSet<int>();
        var files = 0;
        var found = ReadFile(file, ports, ref files);
        if (found && ports.Count == 0)
        {
            ports.Add(DefaultPort);
        }

        return ports;
    }

    private bool ReadFile(string path, HashSet<int> ports, ref int files)
    {
        if (++files > MaxFiles)
        {
            return true;
        }

        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // One that is there and may not be read has its usual port at least.
            return e is UnauthorizedAccessException;
        }

        foreach (var line in lines)
        {
            var words = line.Split([' ', '\t', '=', '"'], StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case [var keyword, var value, ..] when Is(keyword, "Port"):
                    Add(value, ports);
                    break;
                case [var keyword, var address, ..] when Is(keyword, "ListenAddress"):
                    AddFromAddress(address, ports);
                    break;
                case [var keyword, .. var patterns] when Is(keyword, "Include"):
                    foreach (var included in patterns.SelectMany(FilesOf))
                    {
                        ReadFile(included, ports, ref files);
                    }

                    break;
                default:
                    break;
            }
        }

        return true;
    }

    private static bool Is(string word, string keyword) => string.Equals(word, keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>An address without a port, IPv6 among them, says nothing of ports.</summary>
    private static void AddFromAddress(string address, HashSet<int> ports)
    {
        var colon = address.LastIndexOf(':');
        if (colon > 0 && (address[colon - 1] == ']' || address.IndexOf(':', StringComparison.Ordinal) == colon))
        {
            Add(address[(colon + 1)..], ports);
        }
    }

    private static void Add(string text, HashSet<int> ports)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && PortText.IsPort(port))
        {
            ports.Add(port);
        }
    }

    private IEnumerable<string> FilesOf(string pattern)
    {
        var path = Path.GetFullPath(pattern, Path.GetDirectoryName(Path.GetFullPath(file))!);
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            return [.. Directory.EnumerateFiles(folder, Path.GetFileName(path), Plain).Order(StringComparer.Ordinal).Take(MaxFiles)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
