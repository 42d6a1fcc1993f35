using System.Net;
using HaproxyKit.Expressions;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Mappings;

/// <summary>Refuses settings with which HAProxy would refuse every mapping.</summary>
internal sealed class MappingSectionOptionsValidator : IValidateOptions<MappingSectionOptions>
{
    private const int MaxSlots = 64;

    public ValidateOptionsResult Validate(string? name, MappingSectionOptions options)
    {
        var failures = new List<string>();
        if (options.BindAddress != "*" && !IPAddress.TryParse(options.BindAddress, out _))
        {
            failures.Add($"{MappingSectionOptions.SectionName}:{nameof(options.BindAddress)} must be *, :: or an IP address, but is '{options.BindAddress}'.");
        }

        RequireTime(failures, nameof(options.ConnectTimeout), options.ConnectTimeout);
        RequireTime(failures, nameof(options.IdleTimeout), options.IdleTimeout);
        RequireTime(failures, nameof(options.CheckInterval), options.CheckInterval);
        if (options.CheckFall < 1 || options.CheckRise < 1)
        {
            failures.Add($"{MappingSectionOptions.SectionName}: {nameof(options.CheckFall)} and {nameof(options.CheckRise)} must be 1 or more.");
        }

        if (options.DrainTime < TimeSpan.Zero || options.DrainTime > PhoneHomeLimits.MaxDrainTime)
        {
            failures.Add($"{MappingSectionOptions.SectionName}:{nameof(options.DrainTime)} must be from zero to an hour, but is {options.DrainTime}.");
        }

        if (options.Peers is { } peers && !TextRules.IsLabel(peers, PhoneHomeLimits.MaxNodeLength))
        {
            failures.Add($"{MappingSectionOptions.SectionName}:{nameof(options.Peers)} must name a peers section, but is '{peers}'.");
        }

        if (options.SlotCount is < 1 or > MaxSlots)
        {
            failures.Add($"{MappingSectionOptions.SectionName}:{nameof(options.SlotCount)} must be from 1 to {MaxSlots}, but is {options.SlotCount}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void RequireTime(List<string> failures, string member, TimeSpan time)
    {
        if (time < TimeSpan.FromMilliseconds(1) || time > HaproxyTime.Max || time.Ticks % TimeSpan.TicksPerMicrosecond != 0)
        {
            failures.Add($"{MappingSectionOptions.SectionName}:{member} must be a time that HAProxy keeps, from 1 ms to 24 days, but is {time}.");
        }
    }
}
