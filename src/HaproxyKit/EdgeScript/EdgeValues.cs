using System.Globalization;
using System.Net;
using HaproxyKit.Catalog;
using HaproxyKit.Expressions;

namespace HaproxyKit.EdgeScript;

/// <summary>Reads the values of a script. Each method gives null and the value, or says why the word is none.</summary>
internal static class EdgeValues
{
    private const int MaxPortDigits = 5;
    private const int MaxCount = 1000;
    private const int MaxNameLength = 63;
    private const int MaxHostLength = 253;
    private const int MaxLabelLength = 63;

    internal static ValueProblem? Port(string text, out int port)
    {
        port = 0;
        if (text.Contains('-', StringComparison.Ordinal) && text.All(c => char.IsAsciiDigit(c) || c == '-'))
        {
            return new($"{ShownText.Quote(text)} is no port", "a range of ports is not supported yet");
        }

        return IsPlainNumber(text) && text.Length <= MaxPortDigits && (port = Number(text)) is >= 1 and <= IPEndPoint.MaxPort
            ? null
            : new($"{ShownText.Quote(text)} is no port: a port is a number from 1 to 65535, without leading zeros");
    }

    internal static ValueProblem? Count(string text, out int count)
    {
        count = 0;
        return IsPlainNumber(text) && text.Length <= MaxPortDigits && (count = Number(text)) is >= 1 and <= MaxCount
            ? null
            : new($"{ShownText.Quote(text)} is no count: a count is a number from 1 to {MaxCount}, without leading zeros");
    }

    internal static ValueProblem? Time(string text, out TimeSpan time)
    {
        if (HaproxyTime.TryParse(text, out time) && time.Ticks % TimeSpan.TicksPerMillisecond == 0 && time > TimeSpan.Zero)
        {
            return char.IsAsciiLetter(text[^1])
                ? null
                : new($"{ShownText.Quote(text)} has no unit", $"write {text}s for seconds or {text}ms for milliseconds");
        }

        return new(
            $"{ShownText.Quote(text)} is no time: a time is a number and one of us, ms, s, m, h and d, "
            + $"in all at least 1ms, whole milliseconds, and at most {HaproxyTime.Format(HaproxyTime.Max)}");
    }

    /// <summary>A name that HAProxy takes for a proxy and that a caller can phone home with.</summary>
    internal static ValueProblem? Name(string text) =>
        text.Length <= MaxNameLength
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            ? null
            : new($"{ShownText.Quote(text)} is no name: "
                + $"a name is a letter or digit, then letters, digits, _ . and -, {MaxNameLength} at most");

    /// <summary>The host of an address, as it is written into a <c>server</c> line but for brackets.</summary>
    internal static ValueProblem? Address(string text, out string host)
    {
        host = text;
        var isBracketed = text.StartsWith('[') && text.EndsWith(']');
        var inner = isBracketed ? text[1..^1] : text;
        if (inner.Contains(':', StringComparison.Ordinal))
        {
            return IPv6(text, inner, isBracketed, out host);
        }

        if (isBracketed || !IsIPv4OrName(text))
        {
            return NoAddress(text, text.Contains('/', StringComparison.Ordinal) ? "name each node by its own address; a network is not one" : null);
        }

        if (NearestName.Meant(text, [EdgeWords.PhoneHome]) is { } near)
        {
            return NoAddress(text, $"did you mean '{near}'?");
        }

        return host == "0.0.0.0" ? Unspecified(text) : null;
    }

    private static ValueProblem? IPv6(string text, string inner, bool isBracketed, out string host)
    {
        host = text;
        // .NET also reads brackets, ports and zones as parts of an address.
        if (!inner.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.') || !IPAddress.TryParse(inner, out var address))
        {
            return NoAddress(text, IsHostWithPort(text) ? "the port of the nodes is said once, behind 'port'" : null);
        }

        if (!isBracketed)
        {
            return NoAddress(text, $"write an IPv6 address in brackets: [{inner}]");
        }

        // One address has one spelling, so that a node listed twice is noticed; an IPv4 address in IPv6 clothes reaches IPv4.
        host = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        return address.Equals(IPAddress.IPv6Any) || host == "0.0.0.0" ? Unspecified(text) : null;
    }

    private static bool IsHostWithPort(string text)
    {
        var host = text[..text.LastIndexOf(':')];
        return host.StartsWith('[') ? host.EndsWith(']') : !host.Contains(':', StringComparison.Ordinal) && IsIPv4OrName(host);
    }

    private static bool IsIPv4OrName(string text)
    {
        if (text.Length > MaxHostLength)
        {
            return false;
        }

        var labels = text.Split('.');
        return IsNumeric(labels[^1])
            ? IPAddress.TryParse(text, out var address) && address.ToString() == text
            : Array.TrueForAll(labels, IsLabel);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Whether a resolver may take a name that ends so for a number: 10.1, 0x7f000001.</summary>
    private static bool IsNumeric(string label) =>
        label.Length > 0 && char.IsAsciiDigit(label[0])
        && (label.All(char.IsAsciiDigit) || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && label.Skip(2).All(char.IsAsciiHexDigit)));

    private static ValueProblem NoAddress(string text, string? hint) =>
        new($"{ShownText.Quote(text)} is no address: an address is an IPv4 address, an IPv6 address in brackets, or a host name", hint);

    private static ValueProblem Unspecified(string text) => new($"{ShownText.Quote(text)} is the address of no node");

    private static bool IsPlainNumber(string text) => text[0] is >= '1' and <= '9' && text.All(char.IsAsciiDigit);

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
