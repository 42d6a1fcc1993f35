using System.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Model;

public sealed class ConfigSetTests
{
    [Fact]
    public void Load_takes_of_a_folder_what_HAProxy_takes_in_its_order()
    {
        using var folder = new TemporaryFolder();
        var names = new[] { "b.cfg", "10-a.cfg", "9-b.cfg", "B.cfg", "z.cfg.cfg", "x.conf", ".hidden.cfg", "\u00e4.cfg", "y.cfg~", "a.cfgx.cfg" };
        Directory.CreateDirectory(folder.File("conf.d/nested.cfg"));
        foreach (var name in names)
        {
            folder.Write("conf.d/" + name, $"userlist {(name.StartsWith('\u00e4') ? "umlaut" : name.Replace('~', '_'))}\n  user u insecure-password p\n");
        }

        var first = folder.Write("z-first.cfg", "userlist first\n");
        var set = ConfigSet.Load(first, folder.File("conf.d"));
        var ours = set.SectionsOf(SectionKind.Userlist).Select(section => section.Name).ToList();
        Assert.Equal(["first", "10-a.cfg", "9-b.cfg", "B.cfg", "b.cfg", "umlaut"], ours);

        // HAProxy tells by a warning which file defines a list a second time: one more file that repeats each name shows what it read.
        var again = folder.Write("again.cfg", string.Concat(names.Select(n => $"userlist {(n.StartsWith('\u00e4') ? "umlaut" : n.Replace('~', '_'))}\n")));
        var output = Check(first, folder.File("conf.d"), again);
        Assert.Equal(
            ours.Skip(1).Order(StringComparer.Ordinal),
            names.Select(n => n.StartsWith('\u00e4') ? "umlaut" : n.Replace('~', '_')).Where(n => output.Contains($"'{n}'", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Defaults_of_an_earlier_file_count_for_later_ones()
    {
        var set = new ConfigSet([Document("defaults base\n  timeout server 1s\ndefaults\n  mode http\n"), Document("# nothing\n"), Document("backend a\nbackend b from base\n")]);
        Assert.Equal(ProxyMode.Http, set.Backends["a"].Effective.Mode.Value);
        Assert.Equal(TimeSpan.FromSeconds(1), set.Backends["b"].Effective.Timeouts.Server.Value);
        Assert.Same(set.Files[0], set.Backends["b"].InheritsFrom!.Config);
    }

    [Fact]
    public void Save_writes_the_changed_files_alone()
    {
        using var folder = new TemporaryFolder();
        var one = folder.Write("1.cfg", "global\n\nbackend a\n  server s1 10.0.0.1:80\n");
        var two = folder.Write("2.cfg", "backend b # kept\r\n  server s1 10.0.0.1:80");
        File.SetLastWriteTimeUtc(one, DateTime.UnixEpoch);
        var set = ConfigSet.Load(one, two);
        set.Backends["a"].Servers["s1"].Weight = 5;
        set.Backends["a"].Servers["s1"].Weight = null;
        set.Backends["b"].Servers["s1"].Address = new("10.0.0.2", 80);
        Assert.Equal([set.Files[1]], set.Changed);
        Assert.Equal([set.Files[1]], set.Save());
        Assert.Empty(set.Save());
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(one));
        Assert.Equal("backend b # kept\r\n  server s1 10.0.0.2:80", File.ReadAllText(two));
    }

    [Fact]
    public void Sections_are_found_in_all_files()
    {
        var set = new ConfigSet([Document("frontend f\nbackend a\n"), Document("backend b\nbackend a\nglobal\n")]);
        Assert.Equal(["a", "b", "a"], set.Backends.Select(section => section.Name));
        Assert.Equal((3, 2, true, false), (set.Backends.Count, set.Backends.Named("a").Count, set.Backends.TryGet("b", out _), set.Backends.TryGet("a", out _)));
        Assert.Throws<InvalidOperationException>(() => set.Backends["a"]);
        Assert.Throws<KeyNotFoundException>(() => set.Listens["a"]);
        Assert.Single(set.Globals);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.SectionsOf(SectionKind.None));
    }

    [Fact]
    public void A_file_given_twice_and_a_change_without_a_path_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ConfigSet([Document("").WithPath("/a/b.cfg"), Document("").WithPath("/a/../a/b.cfg")]));
        var set = new ConfigSet([Document("backend a\n")]);
        set.Backends["a"].Mode = ProxyMode.Tcp;
        Assert.Throws<InvalidOperationException>(set.Save);
    }

    private static ConfigDocument Document(string text) => ConfigDocument.Parse(text);

    private static string Check(params string[] paths)
    {
        var start = new ProcessStartInfo(HaproxyPrograms.Installed, ["-c", .. paths.SelectMany(path => new[] { "-f", path })]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return error + output.Result;
    }
}
