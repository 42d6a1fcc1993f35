using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>Escapes a value for the place in which it stands in a line, or refuses it.</summary>
internal static class SlotText
{
    /// <summary>What would end a value in the parentheses of a line's own word, where nothing can be quoted.</summary>
    private static readonly SearchValues<char> ParameterEnds = SearchValues.Create("(),\"'\\");

    /// <summary>The value as it stands in the decoded word.</summary>
    /// <param name="slot">The place.</param>
    /// <param name="value">The value.</param>
    /// <param name="isWhole">Whether the value is all that stands there.</param>
    /// <param name="isFirst">Whether nothing stands before it there.</param>
    /// <exception cref="ArgumentException">The value cannot be said there.</exception>
    internal static string Escape(in LineSlot slot, RuleValue value, bool isWhole, bool isFirst)
    {
        var text = value.Text;
        StrictUtf8.GetBytes(text, nameof(value));
        if (value.IsTime && slot.Kind is not (ValueKind.Time or ValueKind.TimeOrExpression or ValueKind.LogFormat or ValueKind.Text or ValueKind.SampleArgument))
        {
            throw Refused(slot);
        }

        var said = slot.Kind switch
        {
            ValueKind.AclPattern => Pattern(slot, text, isFirst),
            ValueKind.Regex => RegexText.Escape(text),
            ValueKind.LogFormat => LogFormatText.Escape(text),
            _ => Require(text, IsSaid(slot, text, isWhole), slot),
        };
        return slot.Nesting switch
        {
            SlotNesting.Sample or SlotNesting.SampleInLogFormat => SampleArgumentText.Escape(said),
            SlotNesting.Parameter => Require(said, said.Length > 0 && !said.AsSpan().ContainsAny(ParameterEnds), slot),
            _ => said,
        };
    }

    private static bool IsSaid(in LineSlot slot, string text, bool isWhole) => slot.Kind switch
    {
        ValueKind.Word or ValueKind.Text or ValueKind.Password or ValueKind.Url or ValueKind.File or ValueKind.Folder
            or ValueKind.SampleArgument or ValueKind.MapFile or ValueKind.AclFile => true,
        ValueKind.HttpHeaderName or ValueKind.HttpMethod => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)),
        ValueKind.HttpStatus or ValueKind.Port or ValueKind.Number or ValueKind.SloppyNumber or ValueKind.NumberOrExpression or ValueKind.PortOrExpression =>
            isWhole && IsNumber(text, slot),
        ValueKind.Time or ValueKind.TimeOrExpression => isWhole && HaproxyTime.TryParse(text, out _),
        ValueKind.Size or ValueKind.SizeOrExpression => isWhole && Properties.Codecs.Size.Read(text) is not null,
        ValueKind.OnOff => isWhole && text is "on" or "off",
        ValueKind.BindAddress or ValueKind.ServerAddress or ValueKind.SourceAddress or ValueKind.LogAddress => IsAddress(text, isWhole),
        ValueKind.Network => isWhole && IsNetwork(text),
        ValueKind.Hex => text.Length > 0 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit),
        ValueKind.Variable => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'),
        ValueKind.AclName => NameRules.IsName(text) && !text.Equals("or", StringComparison.OrdinalIgnoreCase),
        ValueKind.ServerName or ValueKind.TrackTable => text.Split('/') is { Length: <= 2 } names && names.All(NameRules.IsName),
        ValueKind.Name or ValueKind.StickTableType or ValueKind.BackendName or ValueKind.FrontendName or ValueKind.DefaultsName
            or ValueKind.ResolversName or ValueKind.PeersName or ValueKind.UserlistName or ValueKind.GroupName or ValueKind.CacheName
            or ValueKind.RingName or ValueKind.MailersName or ValueKind.HttpErrorsName or ValueKind.FcgiAppName or ValueKind.LogProfileName
            or ValueKind.CrtStoreName or ValueKind.HealthcheckName or ValueKind.AcmeName => NameRules.IsName(text),
        _ => false,
    };

    private static string Pattern(in LineSlot slot, string text, bool isFirst)
    {
        var place = slot.Patterns;
        var said = place.Method switch
        {
            AclMatchMethod.Regex => RegexText.Escape(text),
            AclMatchMethod.Exact or AclMatchMethod.Beginning or AclMatchMethod.Substring or AclMatchMethod.Directory or AclMatchMethod.Domain or AclMatchMethod.End => text,
            AclMatchMethod.Number or AclMatchMethod.Length => Require(text, IsInteger(text), slot),
            AclMatchMethod.Address => Require(text, IsNetwork(text), slot),
            AclMatchMethod.Binary => Require(text, text.Length > 0 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit), slot),
            AclMatchMethod.Boolean or AclMatchMethod.Found => throw Refused(slot),
            _ => place.Type switch
            {
                SampleType.Text => text,
                SampleType.Number or SampleType.Boolean => Require(text, IsInteger(text), slot),
                SampleType.Address or SampleType.Ipv4 or SampleType.Ipv6 => Require(text, IsNetwork(text), slot),
                SampleType.Method => Require(text, text.Length > 0 && text.All(char.IsAsciiLetter), slot),
                SampleType.Binary => Require(text, text.Length > 0 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit), slot),
                _ => throw Refusal("How the pattern is matched is not known here; say it, for example by -m str."),
            },
        };
        var where = isFirst ? place.Slot : place.Slot | AclPatternSlot.AfterFlags;
        return AclPatternText.DescribeRefusal(Encoding.UTF8.GetBytes(said), where) is { } refusal ? throw Refusal(refusal) : said;
    }

    private static bool IsInteger(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) && text[0] != '+';

    private static bool IsNumber(string text, in LineSlot slot) =>
        IsInteger(text)
        && long.Parse(text, CultureInfo.InvariantCulture) is var number
        && number >= (slot.Slot?.Minimum ?? (slot.Kind is ValueKind.Port or ValueKind.HttpStatus ? 1 : long.MinValue))
        && number <= (slot.Slot?.Maximum ?? (slot.Kind is ValueKind.Port ? IPEndPoint.MaxPort : slot.Kind is ValueKind.HttpStatus ? 999 : long.MaxValue));

    private static bool IsNetwork(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        return Address.TryParse($"[{host}]:1", out var bracketed) && bracketed.IPAddress is { } address && !host.StartsWith('[')
            && (slash < 0 || (int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
                && bits <= (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 128 : 32)));
    }

    /// <summary>
    /// HAProxy expands <c>$</c> in addresses even inside single quotes, and reads several where a comma is.
    /// </summary>
    private static bool IsAddress(string text, bool isWhole) => isWhole
        ? Address.TryParse(text, out _) && !text.AsSpan().ContainsAny('$', ',')
        : text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private static string Require(string text, bool isSaid, in LineSlot slot) => isSaid ? text : throw Refused(slot);

    private static ArgumentException Refused(in LineSlot slot) =>
        Refusal($"The value cannot stand where {Describe(slot)} is expected.");

    private static ArgumentException Refusal(string why, RuleValue? value = null) => new(why, nameof(value));

    private static string Describe(in LineSlot slot) => slot.Slot?.ToString() ?? $"<{slot.Kind}>";
}
