using System.Text.Json;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.PhoneHome.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>Two processes with other settings undo each other's work, which the second one says.</summary>
public sealed class SharedSettingsTests : IDisposable
{
    private readonly TemporaryFolder _state = new();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Process_that_begins_with_other_settings_than_the_last_one_names_them_once()
    {
        var port = Ports.Take();
        Assert.Empty(await StartAsync(options => options.DeclaredPorts.Add(new DeclaredPort { Port = port })));
        Assert.Empty(await StartAsync(options => options.DeclaredPorts.Add(new DeclaredPort { Port = port })));

        var line = Assert.Single(await StartAsync(options => options.HandEdits = HandEdits.Respect));
        Assert.Contains("PhoneHome:Mappings:DeclaredPorts, PhoneHome:Mappings:HandEdits.", line, StringComparison.Ordinal);
        Assert.Empty(await StartAsync(options => options.HandEdits = HandEdits.Respect));
    }

    [Fact]
    public async Task All_settings_by_which_sections_are_written_are_compared()
    {
        await StartAsync(static _ => { });
        var written = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(_state.Path, "settings.json")))!;
        Assert.All(
            typeof(MappingSectionOptions).GetProperties().Where(property => property.CanWrite),
            property => Assert.Contains($"{MappingSectionOptions.SectionName}:{property.Name}", written.Keys));
    }

    private async Task<IReadOnlyList<string>> StartAsync(Action<PhoneHomeOptions> configure)
    {
        await using var host = await ReconcilerHost.StartAsync(configure: options =>
        {
            options.StateFolder = _state.Path;
            configure(options);
        });
        await Eventually.TrueAsync(() => host.Reconciler.HasAdopted, "it has begun");
        return [.. host.Log.Lines.Where(line => line.Contains("Other settings", StringComparison.Ordinal))];
    }
}
