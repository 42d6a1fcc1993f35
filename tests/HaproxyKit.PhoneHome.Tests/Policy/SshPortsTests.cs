using HaproxyKit.PhoneHome.Policy;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Policy;

public sealed class SshPortsTests
{
    [Theory]
    [InlineData("", "22")]
    [InlineData("#Port 2022\n", "22")]
    [InlineData("Port 2022\n", "2022")]
    [InlineData("port=2022\nPORT \"2023\"\n", "2022,2023")]
    [InlineData("ListenAddress 192.0.2.1:2022\nListenAddress [2001:db8::1]:2023\nListenAddress 2001:db8::2\n", "2022,2023")]
    [InlineData("ListenAddress 192.0.2.1\n", "22")]
    [InlineData("Port 99999\nPort x\n", "22")]
    public void Read_finds_the_ports_of_its_settings(string text, string expected)
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(expected, string.Join(',', new SshPorts(folder.Write("sshd_config", text)).Read().Order()));
    }

    [Fact]
    public void Read_follows_includes_and_not_in_a_circle()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("sshd_config.d"));
        File.WriteAllText(folder.File("sshd_config.d/10-port.conf"), "Port 2022\n");
        File.WriteAllText(folder.File("sshd_config.d/20-other.txt"), "Port 2023\n");
        var file = folder.Write("sshd_config", "Include sshd_config.d/*.conf\nInclude sshd_config\n");

        Assert.Equal([2022], new SshPorts(file).Read());
    }

    [Fact]
    public void Find_says_who_has_the_port_and_nothing_where_there_is_no_server()
    {
        using var folder = new TemporaryFolder();
        var ports = new SshPorts(folder.File("sshd_config"));

        Assert.Null(ports.Find(22));
        folder.Write("sshd_config", "");
        Assert.Equal("this machine's SSH server has it", ports.Find(22));
        Assert.Null(ports.Find(443));
    }
}
