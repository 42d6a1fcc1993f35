using System.Reflection;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Drift;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Tests.Deployment;
using HaproxyKit.Control.Tests.Hosting;
using HaproxyKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaproxyKit.Control.Tests.Telemetry;

public sealed class LogTests
{
    private static readonly List<(MethodInfo Method, LoggerMessageAttribute Message)> Messages =
    [
        .. typeof(Deployer).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (method, method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(pair => pair.Item2 is not null),
    ];

    [Fact]
    public void Event_ids_are_unique_in_the_assembly()
    {
        Assert.NotEmpty(Messages);
        Assert.All(Messages, pair => Assert.InRange(pair.Message.EventId, 3001, 3999));
        Assert.Empty(Messages.GroupBy(pair => pair.Message.EventId).Where(group => group.Count() > 1).Select(group => string.Join(", ", group.Select(pair => pair.Method.Name))));
    }

    /// <summary>A document, bytes or a command would bring a whole configuration or a password into the log.</summary>
    [Fact]
    public void Messages_take_only_what_is_said_in_words()
    {
        var allowed = new HashSet<Type> { typeof(string), typeof(int), typeof(long), typeof(double), typeof(bool), typeof(TimeSpan), typeof(DateTimeOffset), typeof(ILogger), typeof(DriftItem) };

        Assert.All(
            Messages.SelectMany(pair => pair.Method.GetParameters()),
            parameter => Assert.True(allowed.Contains(parameter.ParameterType) || parameter.ParameterType.IsEnum, $"{parameter.Member.Name}: {parameter}"));
    }

    [Fact]
    public async Task Log_metrics_and_activities_hold_no_secret()
    {
        const string Secret = "sesame-17";
        using var heard = new TelemetryListener();
        await using var hosted = await HostedHaproxy.StartAsync(
            $"userlist people\n  user joe insecure-password {Secret}\nbackend moved\n  server m1 192.0.2.1:80\n  http-request set-header X-Key {Secret}\n");
        var deployer = hosted.Services.GetRequiredService<Deployer>();

        await deployer.ApplyAsync(DeployedHaproxy.Change("server m1 192.0.2.1", "server m1 192.0.2.2", name => name == "moved"), TestContext.Current.CancellationToken);
        await deployer.ApplyAsync(DeployedHaproxy.Change(Secret, Secret + "x"), TestContext.Current.CancellationToken);
        await deployer.ApplyAsync(DeployedHaproxy.Change($"insecure-password {Secret}", $"no-such-word {Secret}"), TestContext.Current.CancellationToken);
        await hosted.Services.GetRequiredService<IReloader>().ReloadAsync(ReloadExpectation.None, TestContext.Current.CancellationToken);
        File.WriteAllText(hosted.Haproxy.Instance.ConfigPath, hosted.Haproxy.Text.Replace("192.0.2.2", "192.0.2.3", StringComparison.Ordinal).Replace(Secret, Secret + "y", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => hosted.Log.Lines.Any(line => line.Contains("differ", StringComparison.Ordinal)), "the drift is told");

        Assert.DoesNotContain(hosted.Log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, heard.AllText());
    }
}
