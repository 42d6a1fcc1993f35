using System.Buffers;
using System.Globalization;
using System.Text;

namespace HaproxyKit.Control.Runtime;

/// <summary>
/// One command of the Runtime API, made of words. No word can end the command, begin another one, or become two words: blanks,
/// tabs, <c>;</c>, <c>\</c> and <c>&lt;</c> are escaped, and what cannot be said is refused (management guide, 9.3).
/// </summary>
public sealed class RuntimeCommand
{
    /// <summary>The longest line sent, in bytes: HAProxy 2.6 never answers a line of more than 15,360 bytes.</summary>
    public const int MaxLineBytes = 15_000;

    /// <summary>Two of <c>&lt;</c> announce a payload: at the end of a line on 2.6, at the beginning of its last word later.</summary>
    private static readonly SearchValues<char> Escaped = SearchValues.Create(" ;\\<");

    /// <summary>No escape carries these over a line.</summary>
    private static readonly SearchValues<char> Unsayable = SearchValues.Create("\0\r\n");

    private RuntimeCommand(string line, string name, string? payload = null)
    {
        Line = line;
        Name = name;
        Payload = payload;
    }

    /// <summary>The first two words at most, by which a log may call the command: they hold no values.</summary>
    public string Name { get; }

    /// <summary>The command as it is sent, without a line ending.</summary>
    internal string Line { get; }

    /// <summary>The lines that follow the command, with a line ending each but without the final empty one; null where there are none.</summary>
    internal string? Payload { get; }

    /// <summary>
    /// Whether a refusal may end without an empty line, as 2.6 leaves it out of some answers to commands that change something.
    /// What shows something always has it, and so has <c>commit</c>, which speaks before it acts.
    /// </summary>
    internal bool MayEndShort => Payload is null && !IsFirst("show") && !IsFirst("commit");

    /// <summary>Makes a command.</summary>
    /// <param name="words">The words, each as HAProxy shall read it, in any characters but NUL and line endings.</param>
    /// <returns>The command.</returns>
    /// <exception cref="ArgumentException">
    /// There is no word; or a word is empty, or holds a NUL, a line ending or a lone surrogate; or the first one begins with
    /// <c>@</c>; or the line is too long.
    /// </exception>
    public static RuntimeCommand Of(params ReadOnlySpan<string> words)
    {
        if (words.IsEmpty || words[0].StartsWith('@'))
        {
            throw new ArgumentException("A command begins with a word of its own.", nameof(words));
        }

        var line = new StringBuilder();
        foreach (var word in words)
        {
            Append(line, word);
        }

        return Checked(line.ToString(), words.Length == 1 ? words[0] : $"{words[0]} {words[1]}");
    }

    /// <summary>The same command, sent by way of the master socket to one worker (<c>@!PID</c>), an old one too.</summary>
    /// <param name="workerPid">The worker's process id.</param>
    /// <returns>The command for the master socket.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The process id is not positive.</exception>
    /// <exception cref="InvalidOperationException">The command is meant for a worker already, or has a payload.</exception>
    public RuntimeCommand AtWorker(int workerPid)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workerPid);
        return Line.StartsWith('@') || Payload is not null
            ? throw new InvalidOperationException("The command is meant for a worker already, or has a payload.")
            : Checked(string.Create(CultureInfo.InvariantCulture, $"@!{workerPid} {Line}"), Name);
    }

    /// <summary>The same command, followed by lines of its own (<c>&lt;&lt;</c>; management guide, 9.3).</summary>
    /// <param name="payload">The lines, none of them empty: an empty line would end them, and make commands of the rest.</param>
    /// <returns>The command, which can only be sent alone.</returns>
    /// <exception cref="ArgumentException">There is no line, or an empty one; or they hold a NUL, a lone CR or a lone surrogate.</exception>
    /// <exception cref="InvalidOperationException">The command has a payload already, or is meant for a worker.</exception>
    public RuntimeCommand WithPayload(string payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(payload);
        if (Payload is not null || Line.StartsWith('@'))
        {
            throw new InvalidOperationException("The command has a payload already, or is meant for a worker.");
        }

        var lines = payload.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return Array.Exists(lines, line => line.Length == 0 || line.AsSpan().ContainsAny(Unsayable) || line.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
            ? throw new ArgumentException("A payload has no empty line, no NUL and no broken character.", nameof(payload))
            : new RuntimeCommand($"{Line} <<", Name, string.Join('\n', lines) + '\n');
    }

    /// <summary>The command's <see cref="Name"/>, without its values.</summary>
    /// <returns>The first two words at most.</returns>
    public override string ToString() => Name;

    private bool IsFirst(string word) => Name.StartsWith(word, StringComparison.Ordinal) && (Name.Length == word.Length || Name[word.Length] == ' ');

    private static RuntimeCommand Checked(string line, string name) =>
        Encoding.UTF8.GetByteCount(line) <= MaxLineBytes
            ? new RuntimeCommand(line, name)
            : throw new ArgumentException($"The command {name} is longer than {MaxLineBytes} bytes.", nameof(line));

    private static void Append(StringBuilder line, string word)
    {
        if (string.IsNullOrEmpty(word))
        {
            throw new ArgumentException("A word of a command is not empty.", nameof(word));
        }

        if (line.Length > 0)
        {
            line.Append(' ');
        }

        foreach (var rune in word.EnumerateRunes())
        {
            if ((rune.IsAscii && Unsayable.Contains((char)rune.Value)) || rune == Rune.ReplacementChar)
            {
                throw new ArgumentException("A word of a command holds no NUL, no line ending and no broken character.", nameof(word));
            }

            if (rune.IsAscii && (Rune.IsControl(rune) || Escaped.Contains((char)rune.Value)))
            {
                line.Append('\\');
            }

            line.Append(rune.ToString());
        }
    }
}
