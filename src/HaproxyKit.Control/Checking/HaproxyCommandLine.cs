namespace HaproxyKit.Control.Checking;

/// <summary>
/// Reads HAProxy's command line as HAProxy does: one letter decides, and what follows it in the word mostly does not.
/// </summary>
internal sealed record HaproxyCommandLine
{
    internal const string ChangeFolder = "-C";

    /// <summary>Options with an argument that change what a check says.</summary>
    private const string KeptWithArgument = "CLnNm";

    /// <summary>Options with an argument that are of no interest to a check: the pid file, sockets.</summary>
    private const string DroppedWithArgument = "pSx";

    /// <summary>
    /// Options without an argument that change what a check says: warnings count as errors, names need not resolve.
    /// </summary>
    private static readonly string[] Kept = ["-dW", "-dr", "-dD"];

    internal required IReadOnlyList<string> ConfigPaths { get; init; }

    internal required IReadOnlyList<string> Options { get; init; }

    /// <param name="arguments">The words behind the program's name.</param>
    /// <returns>What a check needs of it, or null where it is no command line of HAProxy.</returns>
    internal static HaproxyCommandLine? Parse(IReadOnlyList<string> arguments)
    {
        var paths = new List<string>();
        var options = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--":
                    paths.AddRange(arguments.Skip(i + 1));
                    i = arguments.Count;
                    break;
                case "-cc":
                    i++;
                    break;
                case ['-', 'd' or 'D' or 'V' or 'v' or 'W' or 'q' or 'Q' or 'c', ..]:
                    if (Kept.Contains(arguments[i], StringComparer.Ordinal))
                    {
                        options.Add(arguments[i]);
                    }

                    break;
                case ['-', 's', 'f' or 't', ..]:
                    i += arguments.Skip(i + 1).TakeWhile(pid => !pid.StartsWith('-')).Count();
                    break;
                case ['-', var letter, ..] when i + 1 < arguments.Count:
                    i++;
                    if (letter == 'f')
                    {
                        paths.Add(arguments[i]);
                    }
                    else if (KeptWithArgument.Contains(letter, StringComparison.Ordinal))
                    {
                        options.AddRange([$"-{letter}", arguments[i]]);
                    }
                    else if (!DroppedWithArgument.Contains(letter, StringComparison.Ordinal))
                    {
                        return null;
                    }

                    break;
                default:
                    return null;
            }
        }

        return new HaproxyCommandLine { ConfigPaths = paths, Options = options };
    }
}
