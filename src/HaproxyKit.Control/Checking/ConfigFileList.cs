using System.Text;
using HaproxyKit.Control.Unix;

namespace HaproxyKit.Control.Checking;

/// <summary>
/// The files of an invocation in the order in which HAProxy reads them (management guide, 3, <c>-f</c>).
/// </summary>
internal static class ConfigFileList
{
    private const string Extension = ".cfg";

    /// <summary>
    /// The arguments of <c>-f</c> as single files, folders expanded, each in the form in which HAProxy shows it.
    /// </summary>
    internal static IEnumerable<string> Expand(HaproxyInvocation invocation) =>
        invocation.ConfigPaths.SelectMany(path => ExpandOne(path, Path.GetFullPath(path, invocation.ConfigFolder)));

    private static IEnumerable<string> ExpandOne(string argument, string full)
    {
        if (!Directory.Exists(full))
        {
            return [argument];
        }

        // The shown name has the folder exactly as it was given, with a slash of HAProxy's own.
        return Directory.EnumerateFiles(full)
            .Where(file => IsLoaded(Path.GetFileName(file)) && IsRegular(file))
            .Select(file => Path.GetFileName(file)!)
            .OrderBy(name => name, ByteOrder.Instance)
            .Select(name => $"{argument}/{name}");
    }

    /// <summary>
    /// HAProxy looks for the first <c>.cfg</c> in a name, and takes the file when the name ends there.
    /// </summary>
    private static bool IsLoaded(string name) =>
        !name.StartsWith('.')
            && name.IndexOf(Extension, StringComparison.Ordinal) == name.Length - Extension.Length
            && name.Length > Extension.Length;

    private static bool IsRegular(string file)
    {
        try
        {
            return FileStatus.OfName(FileSystem.ResolveLinks(file)) is { IsRegular: true };
        }
        catch (UnixException)
        {
            return false;
        }
    }

    /// <summary>The order of <c>strcmp</c>, which is that of UTF-8's bytes.</summary>
    private sealed class ByteOrder : IComparer<string>
    {
        internal static readonly ByteOrder Instance = new();

        public int Compare(string? x, string? y) =>
            Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
    }
}
