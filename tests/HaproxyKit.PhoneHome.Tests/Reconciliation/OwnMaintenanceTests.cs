using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

/// <summary>
/// A server that we have put out of service comes back with the next node that has it, whatever was lost in between; one that the operator has put
/// out stays out (rule 5).
/// </summary>
public sealed class OwnMaintenanceTests
{
    private const int Port = 1;

    private static readonly ReconcilingStep Second = new ReconcilingStep.Add(Port, Owner: 0, Node: 2, Address: 2);
    private static readonly ReconcilingStep Third = new ReconcilingStep.Add(Port, Owner: 0, Node: 3, Address: 1);
    private static readonly ReconcilingStep SecondGoes = new ReconcilingStep.Goodbye(Port, Owner: 0, Node: 2);

    public static TheoryData<string?> Programs => new((string?)null, "2.6", "3.0", "3.2");

    public static TheoryData<string?, bool> ProgramsAndReloads => new(
        from branch in new[] { null, "2.6", "3.0", "3.2" }
        from isReloaded in new[] { true, false }
        select (branch, isReloaded));

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Node_is_served_after_a_template_run_where_nothing_is_known_of_what_was_served(string? branch)
    {
        await using var bed = await StartAsync(branch, Second, Third, SecondGoes);
        await bed.RestartWebhookAsync(() => File.Delete(Path.Combine(bed.StatePath, "last-good")));

        await bed.TakeAsync(new ReconcilingStep.DropAll());

        await bed.CompareAsync();
    }

    /// <summary>A program that is killed once HAProxy has let go of a node may leave a copy of what was served before.</summary>
    [Theory]
    [MemberData(nameof(ProgramsAndReloads))]
    public async Task Node_that_went_is_served_again_where_what_was_kept_is_older_than_its_goodbye(string? branch, bool isReloaded)
    {
        await using var bed = await StartAsync(branch, Third, Second);
        var path = Path.Combine(bed.StatePath, "last-good");
        var older = await File.ReadAllBytesAsync(path);
        await bed.TakeAsync(SecondGoes);
        await bed.RestartWebhookAsync(() => File.WriteAllBytes(path, older));

        // Together with other ports, which are new, so that HAProxy is reloaded; or at run time.
        await bed.TakeAsync(isReloaded ? new ReconcilingStep.AddTogether(Owner: 0, Node: 2, Address: 2) : Second);

        await bed.CompareAsync();
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Node_is_served_that_calls_after_file_and_state_folder_were_lost(string? branch)
    {
        await using var bed = await StartAsync(branch, Second, Third, SecondGoes);
        await bed.RestartWebhookAsync(() =>
        {
            Directory.EnumerateFiles(bed.StatePath).ToList().ForEach(File.Delete);
            bed.DropWithModel();
        });

        await bed.TakeAsync(Third);

        await bed.CompareAsync();
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Node_is_served_after_an_old_copy_of_the_file_was_put_back_where_nothing_is_known_of_what_was_served(string? branch)
    {
        await using var bed = await StartAsync(branch, Second);
        var copy = bed.Text;
        await bed.TakeAsync(Third);
        await bed.TakeAsync(SecondGoes);

        await bed.RestartWebhookAsync(() =>
        {
            File.Delete(Path.Combine(bed.StatePath, "last-good"));
            bed.Write(copy);
        });

        await bed.CompareAsync();
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Node_is_served_after_an_old_copy_of_the_file_was_put_back(string? branch)
    {
        await using var bed = await StartAsync(branch, Second);
        var copy = bed.Text;
        await bed.TakeAsync(Third);
        await bed.TakeAsync(SecondGoes);
        var text = bed.Text;

        await bed.RestartWebhookAsync(() => bed.Write(copy));

        await bed.CompareAsync();
        Assert.Equal(text, bed.Text);
    }

    /// <summary>Its node has the same server as before, so that the word is still said of it.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Operators_maintenance_is_kept_over_a_restart_and_a_template_run(string? branch)
    {
        await using var bed = await StartAsync(branch, Second, Third, SecondGoes);
        Assert.True((await bed.Runtime.SetServerModeAsync(bed.BackendOf(Port), "n2", ServerMode.Maintenance)).IsSuccess);
        var text = bed.Text;

        await bed.RestartWebhookAsync(() => { });
        await bed.TakeAsync(new ReconcilingStep.DropAll());
        await bed.TakeAsync(new ReconcilingStep.Maintain());

        Assert.Equal(text, bed.Text);
        Assert.Equal(["127.0.0.3"], await OutAsync(bed));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Operators_maintenance_is_kept_over_a_restart_and_a_reload_where_nothing_is_known_of_what_was_served(string? branch)
    {
        await using var bed = await StartAsync(branch, Second);
        Assert.True((await bed.Runtime.SetServerModeAsync(bed.BackendOf(Port), "n1", ServerMode.Maintenance)).IsSuccess);

        await bed.RestartWebhookAsync(() => File.Delete(Path.Combine(bed.StatePath, "last-good")));
        await bed.TakeAsync(new ReconcilingStep.Add(Port: 0, Owner: 0, Node: 2, Address: 2));
        await bed.TakeAsync(Second);

        Assert.Equal(["127.0.0.4"], await OutAsync(bed));
    }

    /// <summary>HAProxy has loaded that server as a spare one, and goes on saying so.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Operators_maintenance_of_a_server_that_was_taken_at_run_time_is_kept_over_a_reload(string? branch)
    {
        await using var bed = await StartAsync(branch, Second, Third);
        Assert.True((await bed.Runtime.SetServerModeAsync(bed.BackendOf(Port), "n2", ServerMode.Maintenance)).IsSuccess);

        await bed.TakeAsync(new ReconcilingStep.Add(Port: 0, Owner: 0, Node: 2, Address: 2));
        await bed.TakeAsync(Third);

        Assert.Equal(["127.0.0.3"], await OutAsync(bed));
    }

    private static async Task<ReconcilingBed> StartAsync(string? branch, params ReconcilingStep[] steps)
    {
        var bed = await ReconcilingBed.StartAsync(Ports.Take(), [Ports.Take(), Ports.Take()], branch is null ? null : HaproxyPrograms.Of(branch));
        foreach (var step in steps)
            await bed.TakeAsync(step);
        return bed;
    }

    /// <summary>The addresses of servers that a node has and that are in maintenance.</summary>
    private static async Task<IReadOnlyList<string>> OutAsync(ReconcilingBed bed)
    {
        var servers = await bed.Runtime.ShowServersStateAsync(cancellationToken: CancellationToken.None);
        return
        [
            .. servers.Where(server => server.Backend == bed.BackendOf(Port) && (server.Admin & ServerAdminStates.ForcedMaintenance) != ServerAdminStates.None)
                .Select(server => server.AddressText).Where(address => address != "0.0.0.0" && bed.Text.Contains($" {address}:", StringComparison.Ordinal)),
        ];
    }
}
