using HaproxyKit.PhoneHome.Calling;
using HaproxyKit.Samples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

// Phones home for a pod: WEBHOOK, WEBHOOK_TOKEN, FRONTEND_PORT, BACKEND_PORT, NAME and REPEAT_INTERVAL say what and how often.

// Settings files are looked at every few seconds. To be told of their changes, every folder below would be watched: started in /, the machine's all.
Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "true");
try
{
    var builder = Host.CreateApplicationBuilder();
    builder.Services.AddPhoneHomeCaller(builder.Configuration, args);
    using var host = builder.Build();
    var caller = host.Services.GetRequiredService<PhoneHomeCaller>();
    await host.RunAsync();
    return caller.ExitCode;
}
catch (OptionsValidationException e)
{
    await Console.Error.WriteLineAsync("The environment is not complete:\n  " + string.Join("\n  ", e.Failures));
    return 2;
}
catch (Exception e) when (SettingsFault.Describe(e) is { } fault)
{
    await Console.Error.WriteLineAsync("The settings cannot be used:\n  " + fault);
    return 2;
}
