using HaproxyKit.Control.Unix;

namespace HaproxyKit.Control.Checking;

/// <summary>
/// A candidate on the disk, beside the file that it is meant for, so that relative names and <c>default-path config</c>
/// mean the same; and the arguments with which HAProxy reads it in that file's place.
/// </summary>
internal sealed class CandidateFile : IDisposable
{
    private readonly List<TemporaryFile> files = [];
    private readonly List<string> arguments = [];
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    private CandidateFile()
    {
    }

    /// <summary>The arguments for <c>-f</c>.</summary>
    internal IReadOnlyList<string> Arguments => arguments;

    /// <summary>
    /// The argument that HAProxy shows in its messages for the file that the candidate stands in for.
    /// </summary>
    internal string ShownName { get; private set; } = "";

    /// <returns>The candidate's file, or null where HAProxy does not load the file that it is meant for.</returns>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    internal static CandidateFile? Write(HaproxyInvocation invocation, ConfigCandidate candidate)
    {
        var target = FileSystem.ResolveLinks(Path.GetFullPath(candidate.Path, invocation.ConfigFolder));
        var made = new CandidateFile();
        try
        {
            foreach (var argument in ConfigFileList.Expand(invocation))
            {
                var full = Path.GetFullPath(argument, invocation.ConfigFolder);
                made.arguments.Add(
                    IsTarget(full, target) ? made.Substitute(argument, full, candidate.Content.Span) : argument);
            }

            (var result, made) = (made, null);
            if (result.files.Count > 0)
            {
                return result;
            }

            result.Dispose();
            return null;
        }
        finally
        {
            made?.Dispose();
        }
    }

    /// <summary>HAProxy's output with the temporary names replaced by those that they stand for.</summary>
    internal string WithShownNames(string output) =>
        names.Aggregate(output, (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal));

    public void Dispose()
    {
        foreach (var file in files)
        {
            file.Dispose();
        }
    }

    private static bool IsTarget(string full, string target)
    {
        try
        {
            return string.Equals(FileSystem.ResolveLinks(full), target, StringComparison.Ordinal);
        }
        catch (UnixException)
        {
            // HAProxy itself will say what is wrong with that file.
            return false;
        }
    }

    private string Substitute(string argument, string full, ReadOnlySpan<byte> content)
    {
        var name = Path.GetFileName(full);
        var file = TemporaryFile.Create(Path.GetDirectoryName(full)!, name);
        files.Add(file);
        file.Write(content);
        using var present = FileSystem.OpenForReading(full);
        file.SetMode(FileStatus.Of(present).Mode);

        var temporary = Path.GetFileName(file.Path);
        names.Add(temporary, name);
        ShownName = argument;
        return argument[..^name.Length] + temporary;
    }
}
