using System.Diagnostics;
using System.IO.Compression;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.Packaging;

/// <summary>The packages as others get them: packed, and used by a project outside of the repository.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Program =
        """
        using HaproxyKit.Control.Runtime;
        using HaproxyKit.EdgeScript;
        using HaproxyKit.Model;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;

        var config = HaproxyConfig.Parse("backend app\n    server s1 10.0.0.1:80 # keep\n");
        config.Backends["app"].Servers["s1"].Address = new("10.0.0.9", 8080);
        Console.Write(config);
        Console.WriteLine(EdgeScriptDocument.Parse("listen 443 as web to 192.0.2.1 port 30443\n").Compile().Config!.Frontends.Count);
        Console.WriteLine(RuntimeEndpoint.Parse("/run/haproxy/admin.sock"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddPhoneHomeEndpoints().AddPhoneHome();
        Console.WriteLine(builder.Services.Any(service => service.ServiceType.Name == "IPhoneHome"));
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _version = $"0.1.0-test.{Guid.NewGuid():N}";

    [Fact]
    public async Task Packages_serve_a_project_outside_of_the_repository()
    {
        var packages = _folder.File("packages");
        Directory.CreateDirectory(packages);
        foreach (var package in new[] { "HaproxyKit", "HaproxyKit.Control", "HaproxyKit.PhoneHome", "HaproxyKit.AspNetCore" })
        {
            await DotnetAsync(
                Repository.Root, "pack", $"src/{package}", "--artifacts-path", _folder.File("build"), $"-p:PackageOutputPath={packages}", $"-p:Version={_version}");
            using var content = ZipFile.OpenRead(Path.Combine(packages, $"{package}.{_version}.nupkg"));
            Assert.Contains(content.Entries, entry => entry.FullName == $"lib/net10.0/{package}.dll");
            Assert.Contains(content.Entries, entry => entry.FullName == $"lib/net10.0/{package}.xml");
            Assert.Contains(content.Entries, entry => entry.FullName == "README.md");
            Assert.True(File.Exists(Path.Combine(packages, $"{package}.{_version}.snupkg")));
        }

        var user = _folder.File("user");
        Directory.CreateDirectory(user);
        File.WriteAllText(Path.Combine(user, "nuget.config"), $"<configuration><packageSources><add key=\"packed\" value=\"{packages}\" /></packageSources></configuration>");
        File.WriteAllText(Path.Combine(user, "Program.cs"), Program);
        File.WriteAllText(
            Path.Combine(user, "user.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup><PackageReference Include="HaproxyKit.AspNetCore" Version="{_version}" /></ItemGroup>
            </Project>
            """);

        var printed = await DotnetAsync(user, "run", "--project", user);

        Assert.Equal("backend app\n    server s1 10.0.0.9:8080 # keep\n1\n/run/haproxy/admin.sock\nTrue\n", printed);
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

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (arguments[0] != "run")
        {
            start.ArgumentList.Add("--disable-build-servers");
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}:\n{await output}\n{await errors}");
        return await output;
    }
}
