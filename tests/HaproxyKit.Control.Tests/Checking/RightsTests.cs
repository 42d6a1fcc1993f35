using HaproxyKit.Control.Checking;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Control.Tests.Faults;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Checking;

/// <summary>A user with too few rights is told so, and which file or socket it is (rule 25), before anything is changed.</summary>
public sealed class RightsTests
{
    /// <summary>On the installed HAProxy: the others lie in a folder that is closed to other users.</summary>
    [Fact]
    public async Task CheckAsync_certificate_that_only_root_may_read_is_named()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can become another user");
        using var folder = new TemporaryFolder();
        Shell.Run("chmod", "0755", folder.Path);
        var pem = folder.Write("site.pem", TestCertificate.Pem());
        Shell.Run("chmod", "0600", pem);
        var config = folder.Write("haproxy.cfg", $"defaults\n  mode http\n  timeout connect 1s\n  timeout client 1s\n  timeout server 1s\nfrontend web\n  bind 127.0.0.1:{Ports.Take()} ssl crt {pem}\n  http-request return status 200\n");
        Shell.Run("chmod", "0644", config);
        var asNobody = folder.Write("haproxy-as-nobody", $"#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups {HaproxyPrograms.Installed} \"$@\"\n");
        Shell.Run("chmod", "0755", asNobody);
        HaproxyChecker Checker(string program) => new(new HaproxyInvocation
        {
            Executable = program,
            ConfigPaths = [config],
            WorkingFolder = folder.Path,
            Environment = HaproxyInvocation.OwnEnvironment(),
        });

        var asRoot = await Checker(HaproxyPrograms.Installed).CheckAsync();
        var refused = await Checker(asNobody).CheckAsync();

        Assert.Equal(CheckVerdict.Accepted, asRoot.Verdict);
        Assert.Equal(CheckVerdict.Refused, refused.Verdict);
        Assert.Contains(refused.Diagnostics, diagnostic => diagnostic.Message.Contains(pem, StringComparison.Ordinal) && diagnostic.Location is { Line: 7 });
    }

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ShowProcessesAsync_masters_socket_of_root_is_closed_to_others_and_says_so(string branch)
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can become another user");
        await using var bed = await FaultBed.StartAsync(branch);
        Shell.Run("chmod", "0755", bed.Instance.Folder);
        var master = new MasterClient(RuntimeEndpoint.Unix(bed.Instance.MasterSocket));

        var thrown = AsUser.Nobody(() => Record.Exception(() => master.ShowProcessesAsync().GetAwaiter().GetResult()));

        var told = Assert.IsType<RuntimeException>(thrown);
        Assert.Equal(RuntimeFault.PermissionDenied, told.Fault);
        Assert.False(told.IsTransient);
        Assert.Contains(bed.Instance.MasterSocket, told.Message);
        Assert.True((await master.ShowProcessesAsync()).Master.Pid > 0);
    }
}
