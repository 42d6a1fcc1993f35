using System.Text;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Deployment;

public sealed class ConfigFileVerificationTests : IDisposable
{
    private const string Text = "listen a\n  bind :81\n";
    private const string Edited = "# edited\n" + Text;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task VerifyAsync_ordinary_file_is_usable_and_untouched()
    {
        var path = folder.Write("haproxy.cfg", Text);
        var before = Shell.Run("stat", "-c", "%i %Y %Z", path);

        var verification = await new ConfigFile(path).VerifyAsync();

        Assert.True(verification.IsUsable, verification.Message);
        Assert.True(verification.CanExchange);
        Assert.Equal(path, verification.ResolvedPath);
        Assert.Equal(before, Shell.Run("stat", "-c", "%i %Y %Z", path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task VerifyAsync_no_file_says_missing() =>
        await AssertFault(folder.File("haproxy.cfg"), ConfigFileFault.Missing);

    [Fact]
    public async Task VerifyAsync_link_to_nothing_says_dangling()
    {
        File.CreateSymbolicLink(folder.File("haproxy.cfg"), folder.File("gone"));

        await AssertFault(folder.File("haproxy.cfg"), ConfigFileFault.DanglingLink);
    }

    [Fact]
    public async Task VerifyAsync_ring_of_links_says_dangling()
    {
        File.CreateSymbolicLink(folder.File("one"), folder.File("two"));
        File.CreateSymbolicLink(folder.File("two"), folder.File("one"));

        await AssertFault(folder.File("one"), ConfigFileFault.DanglingLink);
    }

    [Fact]
    public async Task VerifyAsync_folder_says_no_file() => await AssertFault(folder.Path, ConfigFileFault.NotAFile);

    [Fact]
    public async Task VerifyAsync_file_that_is_a_mount_point_is_refused()
    {
        SkipUnlessRoot();
        var path = folder.Write("haproxy.cfg", Text);
        var source = folder.Write("source.cfg", Text);
        Mount("--bind", source, path);
        try
        {
            await AssertFault(path, ConfigFileFault.MountPoint);
            var file = new ConfigFile(path);
            var revision = await file.ReadAsync();
            var thrown = await Assert.ThrowsAsync<ConfigFileException>(
                () => file.ReplaceAsync(revision, Encoding.UTF8.GetBytes(Edited)));
            Assert.Equal(ConfigFileFault.MountPoint, thrown.Fault);
            Assert.Equal(Text, File.ReadAllText(path));
            Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        }
        finally
        {
            Shell.Run("umount", path);
        }
    }

    [Fact]
    public async Task VerifyAsync_read_only_folder_is_refused()
    {
        SkipUnlessRoot();
        var path = folder.Write("inner/haproxy.cfg", Text);
        Mount("--bind", folder.File("inner"), folder.File("inner"));
        try
        {
            Shell.Run("mount", "-o", "remount,ro,bind", folder.File("inner"));
            await AssertFault(path, ConfigFileFault.FolderNotWritable);
        }
        finally
        {
            Shell.Run("umount", folder.File("inner"));
        }
    }

    [Fact]
    public async Task VerifyAsync_immutable_file_is_refused()
    {
        SkipUnlessRoot();
        var path = folder.Write("haproxy.cfg", Text);
        Assert.SkipUnless(Shell.Try("chattr", "+i", path).ExitCode == 0, "The file system has no immutable files");
        try
        {
            await AssertFault(path, ConfigFileFault.Immutable);
        }
        finally
        {
            Shell.Run("chattr", "-i", path);
        }
    }

    [Fact]
    public void VerifyAsync_another_users_file_is_refused_because_its_owner_would_be_lost()
    {
        SkipUnlessRoot();
        var path = folder.Write("haproxy.cfg", Text);
        Shell.Run("chmod", "0777", folder.Path);
        Shell.Run("chmod", "0644", path);

        var verification = AsUser.Nobody(() => new ConfigFile(path).VerifyAsync().GetAwaiter().GetResult());

        Assert.Equal(ConfigFileFault.OwnerNotKept, verification.Fault);
        Assert.Contains("user 0", verification.Message);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void VerifyAsync_folder_of_another_user_is_refused()
    {
        SkipUnlessRoot();
        var path = folder.Write("haproxy.cfg", Text);
        Shell.Run("chmod", "0755", folder.Path);
        Shell.Run("chmod", "0644", path);

        var verification = AsUser.Nobody(() => new ConfigFile(path).VerifyAsync().GetAwaiter().GetResult());

        Assert.Equal(ConfigFileFault.FolderNotWritable, verification.Fault);
    }

    [Fact]
    public void ReadAsync_file_of_another_user_says_so()
    {
        SkipUnlessRoot();
        var path = folder.Write("haproxy.cfg", Text);
        Shell.Run("chmod", "0755", folder.Path);
        Shell.Run("chmod", "0600", path);

        var thrown = AsUser.Nobody(
            () => Record.Exception(() => new ConfigFile(path).ReadAsync().GetAwaiter().GetResult()));

        Assert.Equal(ConfigFileFault.NotReadable, Assert.IsType<ConfigFileException>(thrown).Fault);
    }

    [Fact]
    public async Task VerifyAsync_leftovers_of_a_killed_process_are_removed_and_others_stay()
    {
        var path = folder.Write("haproxy.cfg", Text);
        folder.Write(".haproxy.cfg.0123456789ab.haproxykit~", "half");
        folder.Write(".haproxy.cfg.swp", "an editor's");
        folder.Write(".other.cfg.0123456789ab.haproxykit~", "of another file");
        await using var living = new FileStream(
            folder.File(".haproxy.cfg.aaaaaaaaaaaa.haproxykit~"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None);

        var verification = await new ConfigFile(path).VerifyAsync();

        Assert.Equal(1, verification.RemovedLeftovers);
        Assert.Equal(
            [".haproxy.cfg.aaaaaaaaaaaa.haproxykit~", ".haproxy.cfg.swp", ".other.cfg.0123456789ab.haproxykit~", "haproxy.cfg"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task VerifyAsync_save_that_a_killed_process_held_is_put_back()
    {
        var path = folder.Write("haproxy.cfg", "ours\n");
        var leftover = folder.Write(ExchangeName(expected: Text, written: "ours\n"), Edited);

        var verification = await new ConfigFile(path).VerifyAsync();

        Assert.True(verification.RescuedSave);
        Assert.Equal(Edited, File.ReadAllText(path));
        Assert.False(File.Exists(leftover));
    }

    [Theory]
    [InlineData("ours\n", Text, "ours\n")]
    [InlineData(Text, "ours\n", Text)]
    [InlineData("a later save\n", Edited, "a later save\n")]
    public async Task VerifyAsync_exchange_that_was_finished_or_never_done_leaves_the_file(
        string present, string aside, string expected)
    {
        var path = folder.Write("haproxy.cfg", present);
        folder.Write(ExchangeName(expected: Text, written: "ours\n"), aside);

        var verification = await new ConfigFile(path).VerifyAsync();

        Assert.False(verification.RescuedSave);
        Assert.Equal(1, verification.RemovedLeftovers);
        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static string ExchangeName(string expected, string written) =>
        $".haproxy.cfg.0123456789ab.{Short(expected)}.{Short(written)}.haproxykit~";

    private static string Short(string content) => ConfigRevision.HashOf(Encoding.UTF8.GetBytes(content))[..16];

    private static async Task AssertFault(string path, ConfigFileFault fault)
    {
        var verification = await new ConfigFile(path).VerifyAsync();

        Assert.False(verification.IsUsable);
        Assert.Equal(fault, verification.Fault);
        Assert.Contains(path, verification.Message);
    }

    private static void SkipUnlessRoot() =>
        Assert.SkipUnless(Environment.UserName == "root", "Only root may do this to a file");

    private static void Mount(params string[] arguments)
    {
        var (code, output) = Shell.Try("mount", arguments);
        Assert.SkipUnless(code == 0, $"This machine does not let us mount: {output}");
    }
}
