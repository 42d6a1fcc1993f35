using System.Buffers;
using System.Globalization;
using System.Text;

namespace HaproxyKit.Control.Runtime;

/// <summary>
/// One command of the Runtime API, made of words. No word can end the command, begin another one, or become two words:
/// blanks, <c>;</c>, <c>\</c> and <c>&lt;</c> are escaped, and what cannot be said is refused (management guide, 9.3).
/// </summary>
public sealed class RuntimeCommand
{
    /// <summary>The longest line sent, in bytes: HAProxy 2.6 never answers a line of more than 15,360 bytes.</summary>
    public const int MaxLineBytes = 15_000;

    /// <summary>Two of <c>&lt;</c> announce a payload: at the end of a line on 2.6, at the beginning of its last word later.</summary>
    private static readonly SearchValues<char> Escaped = SearchValues.Create(" ;\\<");

    private RuntimeCommand(string line, string name)
    {
        Line = line;
        Name = name;
    }

    /// <summary>The first two words at most, by which a log may call the command: they hold no values.</summary>
    public string Name { get; }

    /// <summary>The command as it is sent, without a line ending.</summary>
    internal string Line { get; }

    /// <summary>Makes a command.</summary>
    /// <param name="words">The words, each as HAProxy shall read it, in any characters but control characters.</param>
    /// <returns>The command.</returns>
    /// <exception cref="ArgumentException">
    /// There is no word; or a word is empty, or holds a control character or a lone surrogate; or the first one begins with
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
    /// <exception cref="InvalidOperationException">The command is meant for a worker already.</exception>
    public RuntimeCommand AtWorker(int workerPid)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workerPid);
        return Line.StartsWith('@')
            ? throw new InvalidOperationException("The command is meant for a worker already.")
            : Checked(string.Create(CultureInfo.InvariantCulture, $"@!{workerPid} {Line}"), Name);
    }

    /// <summary>The command's <see cref="Name"/>, without its values.</summary>
    /// <returns>The first two words at most.</returns>
    public override string ToString() => Name;

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
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
            {
                throw new ArgumentException("A word of a command holds no control character and no broken one.", nameof(word));
            }

            if (rune.IsAscii && Escaped.Contains((char)rune.Value))
            {
                line.Append('\\');
            }

            line.Append(rune.ToString());
        }
    }
}
