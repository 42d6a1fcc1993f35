using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Packaging;

/// <summary>The tool as others get it: packed, installed from the package, and run under its own name.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _version = $"0.1.0-test.{Guid.NewGuid():N}";

    [Fact]
    public async Task Tool_is_installed_from_its_package_and_runs()
    {
        var packages = _folder.File("packages");
        (await DotnetAsync(
            "pack", Path.Combine(Repository.Root, "src", "HaproxyKit.Tool"), "--disable-build-servers", "-v", "q",
            "--artifacts-path", _folder.File("build"), $"-p:PackageOutputPath={packages}", $"-p:Version={_version}")).MustSucceed();
        _folder.Write("nuget.config", $"<configuration><packageSources><clear /><add key=\"packed\" value=\"{packages}\" /></packageSources></configuration>");
        (await DotnetAsync(
            "tool", "install", "HaproxyKit.Tool", "--version", _version, "--tool-path", _folder.File("tools"),
            "--configfile", _folder.File("nuget.config"))).MustSucceed();

        var file = _folder.Write("a.cfg", "global\n  maxconn 1\n");
        var program = _folder.File("tools/haproxykit");
        var run = await ToolRun.OfProgramAsync(program, ["show", file, "global/maxconn"]);
        Assert.Equal("  maxconn 1\n", run.MustEndWith(0).Output);
        Assert.StartsWith(_version, (await ToolRun.OfProgramAsync(program, ["--version"])).MustEndWith(0).Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        // The packages of this version are nobody's but this test's.
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var folder in Directory.Exists(cache) ? Directory.GetDirectories(cache, "haproxykit*") : [])
        {
            if (Directory.Exists(Path.Combine(folder, _version)))
            {
                Directory.Delete(Path.Combine(folder, _version), recursive: true);
            }
        }

        _folder.Dispose();
    }

    private Task<ToolRun> DotnetAsync(params string[] arguments) =>
        ToolRun.OfProgramAsync("dotnet", arguments, folder: _folder.Path);
}
