using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Control.Runtime;

namespace HaproxyKit.Control.Planning;

/// <summary>Plans how a worker gets the new content of a map, acl or certificate file, within what the Runtime API carries.</summary>
internal static class FilePlanner
{
    /// <summary>More entries than these take longer one by one than a reload.</summary>
    private const int MaxEntries = 20_000;

    /// <summary>Longer lines no buffer of HAProxy holds with the command before them.</summary>
    private const int MaxLineBytes = 8_000;

    /// <summary>What <see cref="RuntimeClientOptions.MaxPayloadBytes"/> is unless set, less the command.</summary>
    private const int MaxPemBytes = 15_000;

    /// <summary>Adds the step for a file, or tells why it takes a reload.</summary>
    internal static void Plan(ReferencedFile file, StepList steps)
    {
        var (step, obstacle) = PatternText.Decode(file.Content.Span) is not { } text
            ? (null, "it holds bytes that no command can say")
            : file.Kind switch
            {
                ReferencedFileKind.Map => PlanMap(file.Path, text),
                ReferencedFileKind.Acl => PlanAcl(file.Path, text),
                _ => PlanCertificate(file.Path, text),
            };
        steps.Add(step ?? (DeploymentStep)new ReloadStep($"{file.Path}: {obstacle}") { Subjects = [file.Path] });
    }

    private static (RuntimeStep? Step, string? Obstacle) PlanMap(string path, string text)
    {
        var entries = PatternText.Entries(text);
        return Obstacle(entries.Length, entries.Select(entry => $"{entry.Key} {entry.Value}")) is { } obstacle ? (null, obstacle)
            : entries.Any(entry => entry.Value.Length == 0) ? (null, "a key has no value, which no command can say")
            : (new ReplaceMap(path, entries), null);
    }

    private static (RuntimeStep? Step, string? Obstacle) PlanAcl(string path, string text)
    {
        var patterns = PatternText.Patterns(text);
        return Obstacle(patterns.Length, patterns) is { } obstacle ? (null, obstacle) : (new ReplaceAcl(path, patterns), null);
    }

    private static string? Obstacle(int count, IEnumerable<string> lines) =>
        count > MaxEntries ? $"it has {count} entries, and a reload reads more than {MaxEntries} quicker than commands hand them over"
        : lines.Any(line => Encoding.UTF8.GetByteCount(line) > MaxLineBytes) ? "a line is longer than a command may be"
        : lines.Any(line => line.StartsWith('#')) ? "a pattern begins with '#', which no command can say"
        : null;

    private static (RuntimeStep? Step, string? Obstacle) PlanCertificate(string path, string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxPemBytes)
        {
            return (null, $"it is longer than the {MaxPemBytes} bytes that one command carries");
        }

        try
        {
            using var certificate = X509Certificate2.CreateFromPem(text);
            return text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
                ? (new SetCertificate(path, text, certificate.Thumbprint), null)
                : (null, "it holds no key, which HAProxy takes together with the certificate");
        }
        catch (CryptographicException)
        {
            return (null, "it holds no certificate that can be read");
        }
    }
}
