using HaproxyKit.Control.Deployment;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>Refuses to start where HAProxy's file could not be replaced as it must be: better now than at the first call.</summary>
internal sealed class ConfigFileCheck(ConfigFile file, IOptions<PhoneHomeOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var verification = await file.VerifyAsync(cancellationToken).ConfigureAwait(false);
        if (!verification.IsUsable)
        {
            throw new OptionsValidationException(
                HaproxyOptions.SectionName, typeof(HaproxyOptions), [$"{HaproxyOptions.SectionName}:{nameof(HaproxyOptions.ConfigFile)}: {verification.Message.TrimEnd('.')}."]);
        }

        // Both folders are locked while work is done in them; one folder for both would wait for itself.
        if (Path.GetFullPath(options.Value.StateFolder).TrimEnd('/') == Path.GetDirectoryName(verification.ResolvedPath))
        {
            throw new OptionsValidationException(
                PhoneHomeOptions.SectionName,
                typeof(PhoneHomeOptions),
                [$"{PhoneHomeOptions.SectionName}:{nameof(PhoneHomeOptions.StateFolder)} must be another folder than that of {file.Path}."]);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
