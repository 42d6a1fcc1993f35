using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace HaproxyKit.Testing;

/// <summary>The real HAProxy programs on this machine.</summary>
/// <remarks>
/// The installed one must be there, and its absence fails a test. The newer branches 3.0 and 3.2 are put into the
/// user's cache by <c>tests/haproxy-versions.sh</c> where the machine can have them; a test that asks for one that is
/// not there is skipped, and counted as skipped.
/// </remarks>
public static partial class HaproxyPrograms
{
    /// <summary>The branches that tests may ask for, oldest first.</summary>
    public static IReadOnlyList<string> Branches { get; } = ["2.6", "3.0", "3.2"];

    private static readonly Lazy<string?> InstalledPath = new(FindInstalled);
    private static readonly Lazy<string> InstalledBranch = new(() => BranchOf(Installed));

    /// <summary>
    /// The machine's own HAProxy: what the environment's <c>HAPROXYKIT_HAPROXY</c> names, else the first <c>haproxy</c>
    /// in <c>PATH</c>, else <c>/usr/sbin/haproxy</c>. Fails the test where there is none.
    /// </summary>
    public static string Installed
    {
        get
        {
            if (InstalledPath.Value is null)
                Assert.Fail("No HAProxy: run tests/run.sh or `apt-get install haproxy`, or set HAPROXYKIT_HAPROXY");
            return InstalledPath.Value;
        }
    }

    /// <summary>HAProxy 2.6; skips the test where the installed HAProxy is of another branch.</summary>
    public static string V2_6 => Of("2.6");

    /// <summary>HAProxy 3.0; skips the test where there is none.</summary>
    public static string V3_0 => Of("3.0");

    /// <summary>HAProxy 3.2; skips the test where there is none.</summary>
    public static string V3_2 => Of("3.2");

    /// <summary>The program of one branch; skips the test where there is none.</summary>
    /// <param name="branch">One of <see cref="Branches"/>.</param>
    /// <returns>The path of the program.</returns>
    public static string Of(string branch)
    {
        var program = Find(branch);
        if (program is null)
            Assert.Skip($"HAProxy {branch} is not here: run tests/haproxy-versions.sh, or set {VariableOf(branch)}");
        return program;
    }

    /// <summary>
    /// The programs of all branches that are on this machine, oldest first; at least the installed one.
    /// </summary>
    /// <returns>Branch and path of each.</returns>
    public static IReadOnlyList<(string Branch, string Program)> Available()
    {
        var found = new List<(string Branch, string Program)>();
        if (!Branches.Contains(InstalledBranch.Value))
            found.Add((InstalledBranch.Value, Installed));
        found.AddRange(Branches.Select(b => (Branch: b, Program: Find(b)!)).Where(x => x.Program is not null));
        return found;
    }

    private static string? Find(string branch)
    {
        if (!Branches.Contains(branch))
            throw new ArgumentException($"Not one of {string.Join(", ", Branches)}: {branch}", nameof(branch));
        var variable = VariableOf(branch);
        var named = Environment.GetEnvironmentVariable(variable);
        if (!string.IsNullOrEmpty(named))
            return File.Exists(named) ? named : throw new FileNotFoundException($"{variable} names no file", named);
        if (InstalledBranch.Value == branch)
            return Installed;
        var cached = Path.Combine(CacheFolder(), "haproxykit", "haproxy-" + branch, "haproxy");
        return File.Exists(cached) ? cached : null;
    }

    private static string VariableOf(string branch) => "HAPROXYKIT_HAPROXY_" + branch.Replace('.', '_');

    private static string CacheFolder()
    {
        var named = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return string.IsNullOrEmpty(named)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache")
            : named;
    }

    private static string? FindInstalled()
    {
        var named = Environment.GetEnvironmentVariable("HAPROXYKIT_HAPROXY");
        if (!string.IsNullOrEmpty(named))
            return File.Exists(named) ? named : null;
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, "haproxy"))
            .FirstOrDefault(File.Exists);
    }

    private static string BranchOf(string program)
    {
        var start = new ProcessStartInfo(program, "-v") { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var match = VersionLine().Match(text);
        return match.Success
            ? match.Groups["branch"].Value
            : throw new InvalidOperationException($"{program} -v says: {text}");
    }

    [GeneratedRegex(@"^HA-?Proxy version (?<branch>\d+\.\d+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex VersionLine();
}
