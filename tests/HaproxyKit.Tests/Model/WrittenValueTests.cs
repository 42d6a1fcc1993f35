using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Model;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;

namespace HaproxyKit.Tests.Model;

/// <summary>A value that the model writes is read back as that value, by the model and by HAProxy itself.</summary>
public sealed partial class WrittenValueTests
{
    private const int Batch = 1_500;

    [Fact]
    public async Task Any_value_written_is_read_back_by_HAProxy()
    {
        // A variable that HAProxy sets from the word, and then prints.
        var values = HostileValues.Writable.Generator.Sample(size: 20, numberOfSamples: Batch)
            .Concat(HostileValues.Examples)
            .Where(value => WordWriter.DescribeRefusal(Encoding.UTF8.GetBytes(value)) is null && !value.Any(char.IsSurrogate))
            .ToList();
        var config = HaproxyConfig.Parse("global\n" + string.Concat(values.Select((_, i) => $"    setenv V{i} x # {i}\n.notice \"$V{i}\"\n")));
        var lines = config.Global!.Directives["setenv"];
        foreach (var (line, value) in lines.Zip(values))
        {
            line.Arguments[1].Value = value;
        }

        Assert.Equal(values, lines.Select(line => line.Arguments[1].Value));
        Assert.Equal(values, await NoticesAsync(config));
    }

    [Fact]
    public async Task Every_way_of_writing_a_word_is_read_back_by_HAProxy()
    {
        var values = HostileValues.Examples.Where(value => WordWriter.DescribeRefusal(Encoding.UTF8.GetBytes(value)) is null && !value.Any(char.IsSurrogate)).ToList();
        var config = new HaproxyConfig();
        var global = config.Globals.Add();
        var written = new List<string>();
        foreach (var value in values)
        {
            written.AddRange([value, value, value, value]);
            var n = written.Count - 4;
            global.Directives.Add("setenv", $"V{n}", value);
            global.Directives.Add("setenv", $"V{n + 1}").Arguments.Add(value);
            global.Directives.Add("setenv", value).Arguments.Insert(0, $"V{n + 2}");
            global.Directives.Add("setenv").Arguments.Set($"V{n + 3}", value).Set($"V{n + 3}", "other").Set($"V{n + 3}", value);
        }

        var notices = string.Concat(written.Select((_, i) => $".notice \"$V{i}\"\n"));
        Assert.Equal(written, await NoticesAsync(new HaproxyConfig(ConfigDocument.Parse(config + notices))));
    }

    [Fact]
    public async Task Values_written_reach_clients_of_a_running_HAProxy()
    {
        var values = HostileValues.Examples.Where(value => WordWriter.DescribeRefusal(Encoding.UTF8.GetBytes(value)) is null && !value.Any(char.IsSurrogate)).Take(40).ToList();
        var ports = values.ConvertAll(_ => Ports.Take());
        var config = HaproxyConfig.Parse(HaproxyInstance.Global);
        config.Defaults.Add(d =>
        {
            d.Mode = ProxyMode.Http;
            d.Timeouts.Client = d.Timeouts.Connect = d.Timeouts.Server = TimeSpan.FromSeconds(5);
        });
        for (var i = 0; i < values.Count; i++)
        {
            config.Frontends.Add($"f{i}", f =>
            {
                f.Binds.Add(new Address("127.0.0.1", ports[i]));
                f.Directives.Add("http-request", "return", "status", "200", "content-type", "text/plain", "string", values[i]);
            });
        }

        await using var haproxy = await HaproxyInstance.StartAsync(config.ToString());
        for (var i = 0; i < values.Count; i++)
        {
            Assert.Equal(values[i], await HttpProbe.AskAsync(ports[i]));
        }
    }

    /// <summary>What HAProxy says to each <c>.notice</c> of a configuration.</summary>
    private static async Task<List<string>> NoticesAsync(HaproxyConfig config)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("haproxy.cfg");
        config.Save(path);
        var start = new ProcessStartInfo(HaproxyPrograms.Installed, ["-c", "-f", path])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        Assert.DoesNotContain("[ALERT]", error, StringComparison.Ordinal);
        return [.. Notice().Matches(error).Select(match => match.Groups["text"].Value)];
    }

    [GeneratedRegex(@"^\[NOTICE\].* parsing \[[^\]]*\]: '(?<text>.*)'\.$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Notice();
}
