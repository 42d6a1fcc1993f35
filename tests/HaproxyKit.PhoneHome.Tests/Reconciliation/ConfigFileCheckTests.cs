using HaproxyKit.Control.Deployment;
using HaproxyKit.PhoneHome.Reconciliation;
using HaproxyKit.Testing;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Tests.Reconciliation;

public sealed class ConfigFileCheckTests
{
    /// <summary>What the system says of a file ends with a full stop of its own, or without one.</summary>
    [Theory]
    [InlineData(250, "no file can be made beside")]
    [InlineData(300, "")]
    public async Task StartAsync_says_what_is_wrong_with_the_file_as_one_sentence(int lengthOfName, string said)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, new string('x', lengthOfName));
        if (lengthOfName < 256)
        {
            await File.WriteAllTextAsync(path, "global\n", TestContext.Current.CancellationToken);
        }

        var check = new ConfigFileCheck(new ConfigFile(path), Options.Create(new PhoneHomeOptions { StateFolder = folder.File("state") }));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => check.StartAsync(TestContext.Current.CancellationToken));

        var failure = Assert.Single(refused.Failures);
        Assert.StartsWith("Haproxy:ConfigFile: ", failure, StringComparison.Ordinal);
        Assert.Contains(said, failure, StringComparison.Ordinal);
        Assert.True(failure.EndsWith('.') && !failure.EndsWith("..", StringComparison.Ordinal), failure);
    }
}
