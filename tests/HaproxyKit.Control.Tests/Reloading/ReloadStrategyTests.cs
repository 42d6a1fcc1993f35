using HaproxyKit.Control.Deployment;
using HaproxyKit.Control.Reloading;
using HaproxyKit.Control.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaproxyKit.Control.Tests.Reloading;

public sealed class ReloadStrategyTests
{
    public static TheoryData<HaproxyOptions, Type> Strategies => new()
    {
        { new HaproxyOptions(), typeof(SignalReloader) },
        { new HaproxyOptions { MasterSocket = "/run/m.sock" }, typeof(MasterSocketReloader) },
        { new HaproxyOptions { MasterSocket = "/run/m.sock", Reload = ReloadStrategy.Signal }, typeof(SignalReloader) },
        { new HaproxyOptions { MasterSocket = "/run/m.sock", Reload = ReloadStrategy.MasterSocket }, typeof(MasterSocketReloader) },
        { new HaproxyOptions { Reload = ReloadStrategy.Systemd }, typeof(SystemdReloader) },
        { new HaproxyOptions { Reload = ReloadStrategy.Command, ReloadCommand = { "/bin/kill", "-USR2", "12" } }, typeof(CommandReloader) },
    };

    public static TheoryData<HaproxyOptions, string> Mistakes => new()
    {
        { new HaproxyOptions { Reload = ReloadStrategy.MasterSocket }, "MasterSocket" },
        { new HaproxyOptions { Reload = ReloadStrategy.Signal, PidFile = "haproxy.pid" }, "PidFile" },
        { new HaproxyOptions { Reload = ReloadStrategy.Systemd, SystemdUnit = "haproxy; reboot" }, "SystemdUnit" },
        { new HaproxyOptions { Reload = ReloadStrategy.Systemd, SystemdUnit = "" }, "SystemdUnit" },
        { new HaproxyOptions { Reload = ReloadStrategy.Systemd, Systemctl = "systemctl" }, "Systemctl" },
        { new HaproxyOptions { Reload = ReloadStrategy.Command }, "ReloadCommand" },
        { new HaproxyOptions { Reload = ReloadStrategy.Command, ReloadCommand = { "kill", "-USR2", "12" } }, "ReloadCommand" },
        { new HaproxyOptions { Reload = (ReloadStrategy)9 }, "Reload" },
        { new HaproxyOptions { ReloadInterval = TimeSpan.FromTicks(-1) }, "ReloadInterval" },
        { new HaproxyOptions { ReloadInterval = TimeSpan.FromHours(2) }, "ReloadInterval" },
        { new HaproxyOptions { MaxOldWorkers = -1 }, "MaxOldWorkers" },
        { new HaproxyOptions { CheckDelay = TimeSpan.FromTicks(-1) }, "CheckDelay" },
        { new HaproxyOptions { DriftInterval = TimeSpan.FromTicks(-1) }, "DriftInterval" },
        { new HaproxyOptions { DriftInterval = TimeSpan.FromDays(2) }, "DriftInterval" },
    };

    [Theory]
    [MemberData(nameof(Strategies), DisableDiscoveryEnumeration = true)]
    public void AddHaproxyKit_reloads_as_the_settings_say(HaproxyOptions options, Type strategy)
    {
        Assert.True(new HaproxyOptionsValidator().Validate(null, options).Succeeded);
        var reloader = new ServiceCollection().AddHaproxyKit().Single(s => s.ServiceType == typeof(IReloader));
        options.ReloadInterval = TimeSpan.FromSeconds(7);

        using var gate = Assert.IsType<CoalescingReloader>(reloader.ImplementationFactory!(new Provided(options)));

        Assert.Equal(TimeSpan.FromSeconds(7), gate.Interval);
        Assert.IsType(strategy, gate.Inner);
    }

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void Validate_strategy_without_what_it_needs_is_refused(HaproxyOptions options, string member)
    {
        var result = new HaproxyOptionsValidator().Validate(null, options);

        Assert.StartsWith($"Haproxy:{member} ", Assert.Single(result.Failures!));
    }

    private sealed class Provided(HaproxyOptions options) : IServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType == typeof(IOptions<HaproxyOptions>) ? Options.Create(options)
            : serviceType == typeof(TimeProvider) ? TimeProvider.System
            : serviceType == typeof(WorkerWatch) ? new WorkerWatch(
                new RuntimeClient(RuntimeEndpoint.Unix("/none.sock")),
                options.MasterSocket is { } socket ? new MasterClient(RuntimeEndpoint.Parse(socket)) : null)
            : null;
    }
}
