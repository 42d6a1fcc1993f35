using HaproxyKit.Control.Deployment;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>Refuses to start where HAProxy's file could not be replaced as it must be: better now than at the first call.</summary>
internal sealed class ConfigFileCheck(ConfigFile file) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var verification = await file.VerifyAsync(cancellationToken).ConfigureAwait(false);
        if (!verification.IsUsable)
        {
            throw new OptionsValidationException(
                HaproxyOptions.SectionName, typeof(HaproxyOptions), [$"{HaproxyOptions.SectionName}:{nameof(HaproxyOptions.ConfigFile)}: {verification.Message}."]);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
