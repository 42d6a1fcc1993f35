using System.Globalization;

namespace HaproxyKit.Control.Runtime;

/// <summary>A certificate as a worker has it (management guide, 9.3, <c>show ssl cert</c>).</summary>
public sealed class RuntimeCertificate
{
    private static readonly string[] TimeForms = ["MMM d HH:mm:ss yyyy 'GMT'", "MMM  d HH:mm:ss yyyy 'GMT'"];

    private readonly Dictionary<string, string> fields;

    private RuntimeCertificate(Dictionary<string, string> fields, string name)
    {
        this.fields = fields;
        Name = name;
    }

    /// <summary>The certificate's name, without the mark of one that is not committed.</summary>
    public string Name { get; }

    /// <summary><c>Used</c>, <c>Unused</c>, <c>Empty</c> or, from 3.1 on, <c>Uncommitted</c>.</summary>
    public string Status => this["Status"];

    /// <summary>The serial number in hexadecimal digits; empty where there is no certificate.</summary>
    public string Serial => this["Serial"];

    /// <summary>From when on it is valid; null where there is no certificate.</summary>
    public DateTimeOffset? NotBefore => Time("notBefore");

    /// <summary>Until when it is valid; null where there is no certificate.</summary>
    public DateTimeOffset? NotAfter => Time("notAfter");

    /// <summary>The subject, such as <c>/CN=example.org</c>.</summary>
    public string Subject => this["Subject"];

    /// <summary>The issuer.</summary>
    public string Issuer => this["Issuer"];

    /// <summary>The names that it is for, such as <c>DNS:example.org</c>.</summary>
    public IReadOnlyList<string> SubjectAlternativeNames =>
        this["Subject Alternative Name"].Split(", ", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The kind and size of its key, such as <c>RSA2048</c>.</summary>
    public string Algorithm => this["Algorithm"];

    /// <summary>The SHA-1 fingerprint in hexadecimal digits; empty where there is no certificate.</summary>
    public string Fingerprint => this["SHA1 FingerPrint"];

    /// <summary>All that HAProxy shows, by its own names.</summary>
    public IReadOnlyDictionary<string, string> Fields => fields;

    /// <summary>One field; empty where this HAProxy does not show it.</summary>
    /// <param name="field">HAProxy's own name for it.</param>
    public string this[string field] => fields.GetValueOrDefault(field, "");

    /// <returns>The certificate, or null where the answer is none.</returns>
    internal static RuntimeCertificate? Parse(string answer)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in answer.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                found.TryAdd(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return found.TryGetValue("Filename", out var name) && found.ContainsKey("Status")
            ? new RuntimeCertificate(found, name.TrimStart('*'))
            : null;
    }

    private DateTimeOffset? Time(string field) =>
        DateTimeOffset.TryParseExact(
            this[field], TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var time)
            ? time
            : null;
}
