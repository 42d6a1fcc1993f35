using System.Text.Json;
using Microsoft.Extensions.Options;

namespace HaproxyKit.Samples;

/// <summary>Tells a mistake in the settings, which whoever runs a program can mend, from all else that may end its start.</summary>
internal static class SettingsFault
{
    /// <summary>Says what is wrong with the settings.</summary>
    /// <param name="e">What ended the start.</param>
    /// <param name="words">The types of settings that are one of a few words.</param>
    /// <returns>The text, with the setting or the place in its file, or null where the settings are not to blame.</returns>
    internal static string? Describe(Exception e, params Type[] words) => e switch
    {
        OptionsValidationException { Failures: var failures } => string.Join("\n  ", failures),
        InvalidDataException { InnerException: FormatException why } => $"{e.Message} {DescribeText(why)}",

        // The binder names the setting and its type, and does not say what it may be.
        InvalidOperationException { InnerException: FormatException or ArgumentException }
            when Array.Find(words, type => e.Message.Contains($"'{type.FullName}'", StringComparison.Ordinal)) is { } type =>
            $"{e.Message} It may be: {string.Join(", ", type.GetEnumNames())}.",
        InvalidOperationException { InnerException: FormatException or OverflowException } => e.Message,
        _ => null,
    };

    /// <summary>Where a file is no JSON. The parser's own message counts lines from 0, and may show what stands there, such as a token.</summary>
    private static string DescribeText(FormatException why) => why.InnerException is JsonException { LineNumber: { } line, BytePositionInLine: var column }
        ? $"It is no JSON at line {line + 1}, byte {column + 1}."
        : why.Message;
}
