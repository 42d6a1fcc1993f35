using System.Diagnostics;
using HaproxyKit.Testing;

namespace HaproxyKit.AspNetCore.Tests.EndToEnd;

/// <summary>samples/Webhook as a process before a real HAProxy; its callers are the incumbent's shell loop and samples/Sidecar.</summary>
public sealed class SamplesTests
{
    [Fact]
    public async Task Incumbents_shell_client_is_served_and_says_goodbye()
    {
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        await balancer.StopWebhookAsync();
        var original = balancer.File;
        var (webhook, url) = await StartWebhookAsync(balancer);
        await using var stopped = webhook;
        var port = Ports.Take();

        Assert.Equal("200", await ShellClientAsync(url, "add", port, node.Port));
        Assert.Equal("A", await HttpProbe.AskAsync(port));
        Assert.Equal("200", await ShellClientAsync(url, "add", port, node.Port));
        Assert.Equal("401", await ShellClientAsync(url, "delete", port, node.Port, token: "another-token-of-some-length"));
        Assert.Equal("A", await HttpProbe.AskAsync(port));
        Assert.Equal("200", await ShellClientAsync(url, "delete", port, node.Port));
        Assert.Null(await HttpProbe.AskAsync(port));
        Assert.StartsWith(original, balancer.File, StringComparison.Ordinal);
        Assert.Equal(0, await webhook.TerminateAsync());
        Assert.DoesNotContain(LoadBalancer.Token, webhook.Output);
    }

    [Fact]
    public async Task Sidecar_adds_moves_and_says_goodbye_on_SIGTERM()
    {
        await using var nodeA = StandInNode.Start("A", "127.0.0.2");
        await using var nodeB = StandInNode.Start("B", "127.0.0.3", nodeA.Port);
        await using var balancer = await LoadBalancer.StartAsync();
        await balancer.StopWebhookAsync();
        var original = balancer.File;
        var (webhook, url) = await StartWebhookAsync(balancer);
        await using var stopped = webhook;
        var port = Ports.Take();

        await using (var once = Sidecar(url, port, nodeA, repeat: "once", uid: "pod-1"))
        {
            Assert.True(await once.ExitCodeAsync() == 0, once.Output);
        }

        Assert.Equal("A", await HttpProbe.AskAsync(port));
        var pid = await balancer.WorkerPidAsync();
        await using var sidecar = Sidecar(url, port, nodeB, repeat: "600", uid: "pod-1");
        await HttpProbe.ReachesAsync(port, "B");
        Assert.Equal(pid, await balancer.WorkerPidAsync());

        Assert.Equal(0, await sidecar.TerminateAsync());
        Assert.Null(await HttpProbe.AskAsync(port));
        Assert.StartsWith(original, balancer.File, StringComparison.Ordinal);
        Assert.DoesNotContain(LoadBalancer.Token, sidecar.Output + webhook.Output);
    }

    [Fact]
    public async Task Sidecar_whose_CA_file_cannot_be_used_ends_with_2_and_its_name()
    {
        using var folder = new TemporaryFolder();
        var settings = SidecarSettings("https://127.0.0.1:9/", 8443, "127.0.0.2", 30443, "600", "pod-1");
        settings["WEBHOOK_CA_FILE"] = folder.Write("ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        await using var sidecar = SampleProgram.Start("Sidecar", settings);

        Assert.True(await sidecar.ExitCodeAsync() == 2, sidecar.Output);
        Assert.Contains("WEBHOOK_CA_FILE cannot be used: ", sidecar.Output);
        Assert.DoesNotContain("Unhandled exception", sidecar.Output);
    }

    /// <summary>A service is started in the root folder where nobody says otherwise: to watch what is below would be to watch the machine.</summary>
    [Theory]
    [InlineData("Webhook")]
    [InlineData("Worker")]
    [InlineData("Sidecar")]
    public async Task Sample_watches_no_folder_below_the_one_in_which_it_is_started(string sample)
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 50; i++)
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, $"{i % 10}", $"{i}"));
        }

        await using var balancer = await LoadBalancer.StartAsync();
        await balancer.StopWebhookAsync();
        var settings = sample == "Sidecar" ? SidecarSettings("http://127.0.0.1:9/", Ports.Take(), "127.0.0.2", 30443, "600", "pod-1") : balancer.Settings();
        settings["PhoneHome:Server:Listen"] = $"127.0.0.1:{Ports.Take()}";
        await using var program = SampleProgram.Start(sample, settings, folder.Path);
        await program.SaysAsync("Application started");

        Assert.Equal(0, Directory.EnumerateFiles($"/proc/{program.Id}/fdinfo").Sum(CountWatches));
    }

    [Fact]
    public async Task Token_that_is_added_to_the_settings_file_is_known_without_a_restart()
    {
        const string Added = "a-second-token-of-the-whole-road";
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "appsettings.json");
        await File.WriteAllTextAsync(file, "{}");
        await using var node = StandInNode.Start("A", "127.0.0.2");
        await using var balancer = await LoadBalancer.StartAsync();
        await balancer.StopWebhookAsync();
        var (webhook, url) = await StartWebhookAsync(balancer, folder.Path);
        await using var stopped = webhook;
        var port = Ports.Take();
        Assert.Equal("401", await ShellClientAsync(url, "add", port, node.Port, Added));

        await File.WriteAllTextAsync(file, $$"""{ "PhoneHome": { "Tokens": { "7": { "Id": "second", "Secret": "{{Added}}" } } } }""");

        await Eventually.EqualAsync("200", () => ShellClientAsync(url, "add", port, node.Port, Added), "the answer to the new token");
        Assert.Equal("A", await HttpProbe.AskAsync(port));
    }

    private static int CountWatches(string descriptor)
    {
        try
        {
            return File.ReadLines(descriptor).Count(line => line.StartsWith("inotify ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // It has been closed meanwhile.
            return 0;
        }
    }

    private static SampleProgram Sidecar(string url, int port, StandInNode node, string repeat, string uid) =>
        SampleProgram.Start("Sidecar", SidecarSettings(url, port, $"{node.Address}", node.Port, repeat, uid));

    private static Dictionary<string, string?> SidecarSettings(string url, int port, string nodeAddress, int nodePort, string repeat, string uid) => new()
    {
        ["WEBHOOK"] = url,
        ["WEBHOOK_TOKEN"] = LoadBalancer.Token,
        ["FRONTEND_PORT"] = $"{port}",
        ["BACKEND_PORT"] = $"{nodePort}",
        ["NAME"] = "demo",
        ["REPEAT_INTERVAL"] = repeat,
        ["NODE_ADDRESS"] = nodeAddress,
        ["NODE_NAME"] = "worker-1",
        ["POD_UID"] = uid,
    };

    private static async Task<(SampleProgram Program, string Url)> StartWebhookAsync(LoadBalancer balancer, string? workingFolder = null)
    {
        var port = Ports.Take();
        var settings = balancer.Settings();
        settings["PhoneHome:Server:Listen"] = $"127.0.0.1:{port}";
        var program = SampleProgram.Start("Webhook", settings, workingFolder);
        await program.SaysAsync("Application started");
        return (program, $"http://127.0.0.1:{port}");
    }

    /// <summary>One turn of the incumbent's loop: sh, curl, its header, its members, all of them strings. Gives the status.</summary>
    private static async Task<string> ShellClientAsync(string url, string action, int port, int nodePort, string token = LoadBalancer.Token)
    {
        const string Script =
            """
            MY_IP=127.0.0.2
            curl -s -o /dev/null -w '%{http_code}' -X POST -H 'Content-Type: application/json' -H "X-Funkypenguin-Token: ${WEBHOOK_TOKEN}" \
              -d "{\"dst-ip\":\"${MY_IP}\",\"frontend-port\":\"${FRONTEND_PORT}\",\"backend-port\":\"${BACKEND_PORT}\",\"action\":\"${1}\",\"name\":\"${NAME}\",\"send-proxy\":\"${SEND_PROXY}\"}" \
              "${WEBHOOK}"
            """;
        var start = new ProcessStartInfo("sh") { UseShellExecute = false, RedirectStandardOutput = true, ArgumentList = { "-c", Script, "update-lb.sh", action } };
        start.Environment["WEBHOOK"] = $"{url}/hooks/update-haproxy";
        start.Environment["WEBHOOK_TOKEN"] = token;
        start.Environment["FRONTEND_PORT"] = $"{port}";
        start.Environment["BACKEND_PORT"] = $"{nodePort}";
        start.Environment["NAME"] = "unifi-adoption";
        start.Environment.Remove("SEND_PROXY");
        using var process = Process.Start(start)!;
        var status = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return status;
    }
}
