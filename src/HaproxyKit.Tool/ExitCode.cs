namespace HaproxyKit.Tool;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>Done, and nothing was found that is wrong or different.</summary>
    internal const int Fine = 0;

    /// <summary>
    /// Something was found: a mistake, a difference, a file to be formatted; or what was looked for is not there.
    /// </summary>
    internal const int Findings = 1;

    /// <summary>HAProxy does not follow: the change was refused or undone, or HAProxy does not answer.</summary>
    internal const int NotFollowed = 1;

    /// <summary>The command line is wrong, or a file cannot be read or written.</summary>
    internal const int Failed = 2;

    /// <summary>Stopped by Ctrl-C before anything was changed, as shells count it.</summary>
    internal const int Stopped = 130;
}
