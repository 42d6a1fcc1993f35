using HaproxyKit.Control.Tests.Support;

namespace HaproxyKit.Control.Tests.Faults;

/// <summary>After very many changes, by commands and by reloads, nothing has grown.</summary>
public sealed class LeftBehindTests
{
    /// <summary>What the runtime itself may open and keep while it finds its size; a leak is one for each change.</summary>
    private const int MayOpen = 4;

    private const long MayGrow = 1024 * 1024;

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task ApplyAsync_many_times_leaves_no_file_no_process_no_socket_and_no_memory(string branch)
    {
        await using var bed = await FaultBed.StartAsync(branch);
        var changes = LongForm.Times(branch == "2.6" ? 500 : 100, 10_000);
        var reloads = Math.Max(10, changes / 100);
        foreach (var (count, ofTen) in new[] { (changes - reloads, 0), (reloads, 10) })
        {
            using var program = ApplierProgram.Start(bed, "app/s1", seed: 3, count, ofTen);
            var told = await program.ReadToEndAsync();

            Assert.Equal(0, await program.WaitAsync());
            Assert.Equal(count, told.Split('\n').Count(line => line.StartsWith("Applied ", StringComparison.Ordinal) || line.StartsWith("Unchanged ", StringComparison.Ordinal)));
            var footprints = ProcessFootprint.ReadAll(told);
            LongForm.Tell($"HAProxy {branch}, {count} changes{(ofTen > 0 ? " with a reload each" : "")}: {string.Join(" | ", footprints)}");
            Assert.True(footprints is [var warm, var end]
                && end.Descriptors <= warm.Descriptors + MayOpen && end.Sockets <= warm.Sockets && end.Children == 0 && end.ManagedBytes <= warm.ManagedBytes + MayGrow,
                string.Join(" | ", footprints));
        }

        await Aftermath.AssertAsync(bed);
    }
}
