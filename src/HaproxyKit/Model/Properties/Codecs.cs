using System.Globalization;
using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model.Properties;

/// <summary>The kinds of values that typed properties have.</summary>
internal static class Codecs
{
    /// <summary>One word, whatever it is.</summary>
    internal static readonly ValueCodec<string?> Word = new(text => text, text => text!);

    /// <summary>A name, as HAProxy takes it for proxies, servers and the like.</summary>
    internal static readonly ValueCodec<string?> Name =
        new(text => text, value => NameRules.Require(value, nameof(value)));

    /// <summary>A time that HAProxy counts in milliseconds where no unit is written (chapter 2.5).</summary>
    internal static readonly ValueCodec<TimeSpan?> Time = TimeIn("ms");

    /// <summary>A time that HAProxy counts in seconds where no unit is written.</summary>
    internal static readonly ValueCodec<TimeSpan?> Seconds = TimeIn("s");

    /// <summary>A number of bytes (chapter 2.6).</summary>
    internal static readonly ValueCodec<long?> Size =
        new(ReadSize, value => WriteNumber(value!.Value, 0, uint.MaxValue));

    /// <summary>An address with what belongs to it.</summary>
    internal static readonly ValueCodec<Address?> Address = new(
        text => Expressions.Address.TryParse(text, out var address) ? address : null,
        value => value!.Value.Text is { Length: > 0 } text ? text : throw new ArgumentException("The address is the default value.", nameof(value)));

    /// <summary><c>on</c> or <c>off</c>.</summary>
    internal static readonly ValueCodec<bool?> OnOff = new(
        text => text switch
        {
            "on" => true,
            "off" => false,
            _ => null,
        },
        isOn => isOn!.Value ? "on" : "off");

    /// <summary>Words with commas between them in one word.</summary>
    internal static readonly ValueCodec<IReadOnlyList<string>?> CommaList = new(text => text.Split(','), WriteList);

    /// <summary>A whole number.</summary>
    internal static ValueCodec<int?> Number(int min = 0, int max = int.MaxValue) => new(
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        value => WriteNumber(value!.Value, min, max));

    /// <summary>The decoded word of a value, as bytes.</summary>
    internal static byte[] WriteBytes<T>(this ValueCodec<T> codec, T value) =>
        StrictUtf8.GetBytes(codec.Write(value), nameof(value));

    private static ValueCodec<TimeSpan?> TimeIn(string unit) => new(
        text => HaproxyTime.TryParse(text, out var time, unit) ? time : null,
        time => HaproxyTime.Format(time!.Value));

    private static long? ReadSize(string text)
    {
        var (digits, shift) = text.Length == 0 ? (text, 0) : char.ToLowerInvariant(text[^1]) switch
        {
            'k' => (text[..^1], 10),
            'm' => (text[..^1], 20),
            'g' => (text[..^1], 30),
            _ => (text, 0),
        };
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= uint.MaxValue >> shift
            ? number << shift
            : null;
    }

    private static string WriteNumber(long value, long min, long max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max);
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static string WriteList(IReadOnlyList<string>? values) =>
        values is { Count: > 0 } && values.All(value => value is { Length: > 0 } && !value.Contains(',', StringComparison.Ordinal))
            ? string.Join(',', values)
            : throw new ArgumentException("The list is empty, or a value in it is empty or holds a comma.", nameof(values));
}
