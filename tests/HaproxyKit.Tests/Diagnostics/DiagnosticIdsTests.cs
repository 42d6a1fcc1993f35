using System.Reflection;
using System.Text.RegularExpressions;
using HaproxyKit.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Diagnostics;

public sealed partial class DiagnosticIdsTests
{
    private static readonly string[] Ids =
        [.. typeof(DiagnosticIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void Ids_are_unique_and_each_has_a_line_in_the_documentation()
    {
        Assert.Equal(Ids.Length, Ids.Distinct().Count());
        var documented = File.ReadAllLines(Path.Combine(Repository.Root, "src", "HaproxyKit", "Diagnostics", "diagnostics.md"))
            .Select(line => Row().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);
        Assert.Equal(Ids.Order(), documented.Order());
    }

    [Fact]
    public void Ids_are_each_named_by_a_test()
    {
        var fields = typeof(DiagnosticIds).GetFields(BindingFlags.Public | BindingFlags.Static).ToList();
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/") && Path.GetFileName(file) != "DiagnosticIdsTests.cs").Select(File.ReadAllText));
        Assert.All(fields, field => Assert.True(
            tests.Contains($"DiagnosticIds.{field.Name}") || tests.Contains((string)field.GetRawConstantValue()!), $"no test names {field.Name}"));
    }

    [GeneratedRegex(@"^\| (HK\d{4}) \|")]
    private static partial Regex Row();
}
