using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.Samples;

// Keeps HAProxy as the mappings in the state folder say: repairs what was changed by hand, takes out what has not called for its lease.

// Settings files are looked at every few seconds. To be told of their changes, every folder below would be watched: started in /, the machine's all.
Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "true");
try
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.Services.AddOptions<HaproxyOptions>().BindConfiguration(HaproxyOptions.SectionName);
    builder.Services.AddOptions<PhoneHomeOptions>().BindConfiguration(PhoneHomeOptions.SectionName);
    builder.Services.AddOptions<MappingSectionOptions>().BindConfiguration(MappingSectionOptions.SectionName);
    builder.Services.AddPhoneHomeMaintenance();
    using var host = builder.Build();
    await host.RunAsync();
    return 0;
}
catch (Exception e) when (SettingsFault.Describe(e) is { } fault)
{
    await Console.Error.WriteLineAsync("The settings cannot be used:\n  " + fault);
    return 2;
}
