using System.Text;
using HaproxyKit.Testing;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class FmtCommandTests : IDisposable
{
    private const string Loose = "\n\nglobal\n  maxconn   10 # c  \n\n\n\n\t# inside\n# of the next\n frontend a\n\tbind :80#x\n  .if 1\n    mode \"http\"\n.endif\n\n\n";
    private const string Tidy = "global\n    maxconn 10 # c\n\n    # inside\n# of the next\nfrontend a\n    bind :80 #x\n    .if 1\n    mode \"http\"\n.endif\n";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Files_are_formatted_in_place()
    {
        var (loose, tidy) = (_folder.Write("conf/loose.cfg", Loose.Replace("  maxconn", "    maxconn", StringComparison.Ordinal)), _folder.Write("conf/tidy.cfg", Tidy));
        File.SetUnixFileMode(loose, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var run = (await ToolRun.OfAsync("fmt", _folder.File("conf"))).MustEndWith(0);
        Assert.Equal($"formatted {loose}\n", run.Output);
        Assert.Equal(Tidy, File.ReadAllText(loose));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(loose));
        Assert.Equal("", (await ToolRun.OfAsync("fmt", loose, tidy)).MustEndWith(0).Output);
    }

    [Fact]
    public async Task Standard_input_is_formatted_to_standard_output()
    {
        var run = (await ToolRun.OfAsync(Encoding.UTF8.GetBytes(Tidy.Replace("\n", "\r\n", StringComparison.Ordinal)[..^2]), ["fmt", "-"])).MustEndWith(0);
        Assert.Equal(Tidy.Replace("\n", "\r\n", StringComparison.Ordinal), run.Output);
    }

    [Fact]
    public async Task Check_lists_what_would_change_and_changes_nothing()
    {
        var (loose, tidy) = (_folder.Write("loose.cfg", Loose), _folder.Write("tidy.cfg", Tidy));
        Assert.Equal($"{loose}\n", (await ToolRun.OfAsync("fmt", "--check", loose, tidy)).MustEndWith(1).Output);
        Assert.Equal("", (await ToolRun.OfAsync("fmt", "--check", tidy)).MustEndWith(0).Output);
        Assert.Equal(Loose, File.ReadAllText(loose));
    }

    [Fact]
    public async Task Diff_is_what_patch_makes_of_it()
    {
        var text = Tidy + string.Concat(Enumerable.Range(0, 30).Select(i => $"backend b{i}\n{(i % 7 == 0 ? "\n\n\n" : "")}    server  s :{i}\n"));
        var file = _folder.Write("a.cfg", text);
        var run = (await ToolRun.OfAsync("fmt", "--diff", file)).MustEndWith(1);
        Assert.Equal(text, File.ReadAllText(file));
        var patch = _folder.Write("a.patch", run.Output);
        (await ToolRun.OfProgramAsync("patch", ["-s", "-i", patch, file])).MustEndWith(0);
        var formatted = (await ToolRun.OfAsync(Encoding.UTF8.GetBytes(text), ["fmt", "-"])).MustEndWith(0);
        Assert.Equal(formatted.Output, File.ReadAllText(file));
        Assert.Equal("", (await ToolRun.OfAsync("fmt", "--diff", file)).MustEndWith(0).Output);
    }

    [Fact]
    public async Task Nothing_to_format_ends_with_2()
    {
        Assert.Equal(2, (await ToolRun.OfAsync("fmt")).ExitCode);
        (await ToolRun.OfAsync("fmt", "/no/such.cfg")).MustFailWith(2, "/no/such.cfg does not exist");
    }

    public void Dispose() => _folder.Dispose();
}
