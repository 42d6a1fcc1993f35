using System.Text.RegularExpressions;
using System.Xml.Linq;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.Architecture;

/// <summary>Dependencies point one way: between projects, and between the folders of a project.</summary>
public sealed partial class DependencyTests
{
    /// <summary>Each project with the one that it uses.</summary>
    private static readonly (string Name, string? Uses)[] Projects =
    [
        ("HaproxyKit", null),
        ("HaproxyKit.Control", "HaproxyKit"),
        ("HaproxyKit.PhoneHome", "HaproxyKit.Control"),
        ("HaproxyKit.AspNetCore", "HaproxyKit.PhoneHome"),
        ("HaproxyKit.Tool", "HaproxyKit.Control"),
    ];

    /// <summary>The folders of each project: one uses those before it alone.</summary>
    public static TheoryData<string, string[]> Folders => new()
    {
        { "HaproxyKit", ["Diagnostics", "Syntax", "Catalog", "Expressions", "Model", "Comparison", "Analysis", "EdgeScript"] },
        { "HaproxyKit.Control", ["Unix", "Telemetry", "Checking", "Runtime", "Reloading", "Planning", "Deployment", "Drift", "Hosting"] },
        { "HaproxyKit.PhoneHome", ["Contract", "Tokens", "Policy", "Mappings", "Reconciliation", "Calling"] },
        { "HaproxyKit.AspNetCore", ["Hosting", "Endpoints"] },
        { "HaproxyKit.Tool", ["Input", "Running", "Output", "Formatting", "Selection", "Explaining", "Commands"] },
    };

    [Fact]
    public void Projects_use_only_the_one_below_them()
    {
        foreach (var (project, uses) in Projects)
        {
            var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));
            var used = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
            Assert.Equal(uses is null ? [] : [uses], used);
        }

        Assert.Equal(Projects.Select(project => project.Name).Order(), Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName).Order());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folders_use_only_those_before_them(string project, string[] folders)
    {
        var root = Path.Combine(Repository.Root, "src", project);
        var present = Directory.GetDirectories(root).Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj")).ToList();
        Assert.Equal(folders.Order(), present.Order());
        foreach (var (folder, i) in folders.Select((folder, i) => (folder, i)))
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            {
                var later = Uses().Matches(File.ReadAllText(file))
                    .Where(use => use.Groups["project"].Value == project && Array.IndexOf(folders, use.Groups["folder"].Value) > i)
                    .Select(use => use.Value);
                Assert.True(!later.Any(), $"{Path.GetRelativePath(Repository.Root, file)} uses a later room: {string.Join(", ", later)}");
            }
        }
    }

    [Fact]
    public void Files_hold_the_namespace_of_their_folder_and_are_named_for_their_type()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/") && !file.Contains("/Catalog/Sources/")))
        {
            var folder = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), Path.GetDirectoryName(file)!).Replace('/', '.');
            var declared = Namespace().Match(File.ReadAllText(file)).Groups[1].Value;
            Assert.True(
                declared == folder || declared.StartsWith("Microsoft.", StringComparison.Ordinal),
                $"{Path.GetRelativePath(Repository.Root, file)} declares {declared}");
        }
    }

    [GeneratedRegex(@"^using (?<project>HaproxyKit(\.(Control|PhoneHome|AspNetCore|Tool))?)\.(?<folder>[A-Z]\w+);", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
