using HaproxyKit.Model;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Readme;

/// <summary>The code of the README is the code below, so that it compiles and runs.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void Code_of_the_readme_is_the_code_that_runs_here()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var shown = readme.Split("```csharp\n")[1].Split("```")[0].Split("\n\n", 2)[1];
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "HaproxyKit.Tests", "Readme", "ReadmeTests.cs"));
        var run = source.Split("// begin\n")[1].Split("        // end")[0];
        Assert.Equal(shown.Trim(), string.Join('\n', run.Split('\n').Select(line => line.Length > 8 ? line[8..] : "")).Trim());
    }

    [Fact]
    public void Code_of_the_readme_does_what_it_says()
    {
        using var folder = new TemporaryFolder();
        var before = "backend app\n  server  s1  10.0.0.1:80  check # one\n  server s2 10.0.0.2:80\n";
        File.WriteAllText(folder.File("haproxy.cfg"), before);
        var here = Directory.GetCurrentDirectory();
        var printed = new StringWriter();
        var console = Console.Out;
        try
        {
            Directory.SetCurrentDirectory(folder.Path);
            Console.SetOut(printed);
            Run();
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(here);
        }

        Assert.Equal("app/s1 10.0.0.1:80\napp/s2 10.0.0.2:80\n", printed.ToString());
        Assert.Equal(
            before.Replace("10.0.0.1:80", "10.0.0.9:8080") + "\nfrontend secure\n  bind :443 ssl crt /etc/ssl/site.pem\n  default_backend app\n",
            File.ReadAllText(folder.File("haproxy.cfg")));
    }

    private static void Run()
    {
        // begin
        var config = HaproxyConfig.Load("haproxy.cfg");
        foreach (var server in config.Backends.SelectMany(backend => backend.Servers))
        {
            Console.WriteLine($"{server.Section.Name}/{server.Name} {server.Address}");
        }

        config.Backends["app"].Servers["s1"].Address = new("10.0.0.9", 8080);
        config.Frontends.Add("secure", f => { f.Bind(":443").Ssl("/etc/ssl/site.pem"); f.DefaultBackend = "app"; });
        config.Save("haproxy.cfg");
        // end
    }
}
