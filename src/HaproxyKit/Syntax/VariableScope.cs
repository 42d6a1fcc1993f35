using System.Globalization;
using System.Text;

namespace HaproxyKit.Syntax;

/// <summary>What variables stand for on one line: the environment, and HAProxy's own names for the place.</summary>
/// <param name="Environment">The environment variables.</param>
/// <param name="Line">The line for <c>.LINE</c>, counted from 1; 0 where it is not known.</param>
/// <param name="File">The file's name for <c>.FILE</c>.</param>
/// <param name="Section">The section's name for <c>.SECTION</c>, or its keyword where it has no name.</param>
internal readonly record struct VariableScope(ConfigEnvironment Environment, int Line, string File, byte[] Section)
{
    /// <summary>A scope without a place.</summary>
    internal static VariableScope Of(ConfigEnvironment environment) => new(environment, 0, "", []);

    /// <summary>
    /// The value of a variable, or null when it is not set. The names of the place always have a value.
    /// </summary>
    internal byte[]? Get(ReadOnlySpan<byte> name) => name switch
    {
        _ when name[0] != '.' => Environment.GetBytes(name),
        _ when name.SequenceEqual(".LINE"u8) =>
            Line == 0 ? [] : Encoding.ASCII.GetBytes(Line.ToString(CultureInfo.InvariantCulture)),
        _ when name.SequenceEqual(".FILE"u8) => Encoding.UTF8.GetBytes(File),
        _ when name.SequenceEqual(".SECTION"u8) => Section,
        _ => [],
    };
}
