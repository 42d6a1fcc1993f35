using System.Text.Json;
using HaproxyKit.Control.Reloading;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.PhoneHome.Reconciliation;
using Microsoft.Extensions.Options;

namespace HaproxyKit.Samples;

/// <summary>Tells a mistake in the settings, which whoever runs a program can mend, from all else that may end its start.</summary>
internal static class SettingsFault
{
    /// <summary>The settings that are one of a few words: the binder names the setting and its type, and not what it may be.</summary>
    private static readonly Type[] Words = [typeof(AddressRule), typeof(HandEdits), typeof(ProxyProtocol), typeof(ReloadStrategy)];

    /// <summary>Says what is wrong with the settings.</summary>
    /// <param name="e">What ended the start.</param>
    /// <returns>The text, with the setting or the place in its file, or null where the settings are not to blame.</returns>
    internal static string? Describe(Exception e) => e switch
    {
        OptionsValidationException { Failures: var failures } => string.Join("\n  ", failures),
        InvalidDataException { InnerException: FormatException why } => $"{e.Message} {DescribeText(why)}",
        InvalidOperationException { InnerException: FormatException or OverflowException } => e.Message,
        InvalidOperationException { InnerException: ArgumentException } when Array.Find(Words, type => e.Message.Contains($"'{type.FullName}'", StringComparison.Ordinal)) is { } type =>
            $"{e.Message} It may be: {string.Join(", ", type.GetEnumNames())}.",
        _ => null,
    };

    /// <summary>Where a file is no JSON. The parser's own message counts lines from 0, and may show what stands there, such as a token.</summary>
    private static string DescribeText(FormatException why) => why.InnerException is JsonException { LineNumber: { } line, BytePositionInLine: var column }
        ? $"It is no JSON at line {line + 1}, byte {column + 1}."
        : why.Message;
}
