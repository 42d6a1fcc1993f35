using HaproxyKit.Samples;

// Takes the calls of pods and lets HAProxy follow them; appsettings.json says where, for whom and what is allowed.

// Settings files are looked at every few seconds. To be told of their changes, every folder below would be watched: started in /, the machine's all.
Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "true");
try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.WebHost.UsePhoneHomeServer();
    builder.Services.AddPhoneHomeEndpoints();
    builder.Services.AddPhoneHomeMaintenance();
    await using var app = builder.Build();
    app.MapPhoneHome();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (SettingsFault.Describe(e) is { } fault)
{
    await Console.Error.WriteLineAsync("The settings cannot be used:\n  " + fault);
    return 2;
}
catch (IOException e)
{
    await Console.Error.WriteLineAsync("The webhook cannot start: " + e.Message);
    return 1;
}
