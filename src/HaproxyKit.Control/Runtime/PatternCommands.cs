using System.Globalization;

namespace HaproxyKit.Control.Runtime;

/// <summary>
/// Makes the commands for maps and acl files, and refuses what HAProxy would take for something else.
/// </summary>
internal static class PatternCommands
{
    internal static string Word(PatternKind kind) => kind == PatternKind.Map ? "map" : "acl";

    internal static RuntimeCommand Show(PatternKind kind, string file, long? version) => Command("show", kind, version, File(file));

    internal static RuntimeCommand Add(PatternKind kind, string file, long? version, params ReadOnlySpan<string> entry) =>
        Command("add", kind, version, [File(file), .. entry]);

    internal static RuntimeCommand Clear(PatternKind kind, string file, long? version) => Command("clear", kind, version, File(file));

    internal static RuntimeCommand Prepare(PatternKind kind, string file) => Command("prepare", kind, null, File(file));

    internal static RuntimeCommand Commit(PatternKind kind, string file, long version) => Command("commit", kind, version, File(file));

    /// <summary>A file begins neither with the sign of a version nor with that of a number that is none.</summary>
    internal static string File(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return file[0] == '@' || (file[0] == '#' && !uint.TryParse(file.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? throw new ArgumentException("A map or an acl file is named by its path, or by # and its number.", nameof(file))
            : file;
    }

    internal static string Key(string key) => Pattern(key).AsSpan().ContainsAny(' ', '\t')
        ? throw new ArgumentException("The key of a map holds no blank.", nameof(key))
        : key;

    internal static string Pattern(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        return pattern[0] == '#'
            ? throw new ArgumentException("A pattern does not begin with #, which a file takes for a comment.", nameof(pattern))
            : pattern;
    }

    internal static string KeyOrReference(string key) => IsReference(key) ? key : Key(key);

    internal static string PatternOrReference(string pattern) => IsReference(pattern) ? pattern : Pattern(pattern);

    private static bool IsReference(string? text) =>
        text is ['#', '0', 'x', ..]
        && ulong.TryParse(text.AsSpan(3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);

    private static RuntimeCommand Command(string verb, PatternKind kind, long? version, params ReadOnlySpan<string> words)
    {
        if (version is not { } number)
        {
            return RuntimeCommand.Of([verb, Word(kind), .. words]);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(version));
        return RuntimeCommand.Of([verb, Word(kind), string.Create(CultureInfo.InvariantCulture, $"@{number}"), .. words]);
    }
}
