using System.Net;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using Microsoft.Extensions.Options;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>Refuses settings under which no mapping could be kept.</summary>
internal sealed class PhoneHomeOptionsValidator : IValidateOptions<PhoneHomeOptions>
{
    public ValidateOptionsResult Validate(string? name, PhoneHomeOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrEmpty(options.StateFolder) || !Path.IsPathFullyQualified(options.StateFolder))
        {
            failures.Add($"{PhoneHomeOptions.SectionName}:{nameof(options.StateFolder)} must be a full path, but is '{options.StateFolder}'.");
        }

        if (options.DefaultLease.TotalSeconds is < PhoneHomeLimits.MinLeaseSeconds or > PhoneHomeLimits.MaxLeaseSeconds)
        {
            failures.Add($"{PhoneHomeOptions.SectionName}:{nameof(options.DefaultLease)} must be from {PhoneHomeLimits.MinLeaseSeconds} to {PhoneHomeLimits.MaxLeaseSeconds} seconds, but is {options.DefaultLease}.");
        }

        if (options.MaintenanceInterval < TimeSpan.FromMilliseconds(100))
        {
            failures.Add($"{PhoneHomeOptions.SectionName}:{nameof(options.MaintenanceInterval)} must be 0.1 seconds or longer, but is {options.MaintenanceInterval}.");
        }

        if (options.QueueCapacity < 1)
        {
            failures.Add($"{PhoneHomeOptions.SectionName}:{nameof(options.QueueCapacity)} must be 1 or more, but is {options.QueueCapacity}.");
        }

        if (options.ClosedFor < TimeSpan.Zero)
        {
            failures.Add($"{PhoneHomeOptions.SectionName}:{nameof(options.ClosedFor)} must be zero or longer, but is {options.ClosedFor}.");
        }

        foreach (var port in options.DeclaredPorts)
        {
            if (!MappingRules.IsPort(port.Port) || (port.Name is { } own && !TextRules.IsName(own)) || !Enum.IsDefined(port.SendProxy)
                || (port.BindAddress is { } address && !IPAddress.TryParse(address, out _)))
            {
                failures.Add($"{PhoneHomeOptions.SectionName}:{nameof(options.DeclaredPorts)}: port {port.Port}, name '{port.Name}', address '{port.BindAddress}' must be a port from 1 to 65535, a name or none, and an IP address or none.");
            }
        }

        if (options.DeclaredPorts.CountBy(port => port.Port).FirstOrDefault(pair => pair.Value > 1) is { Value: > 1 } twice)
        {
            failures.Add($"{PhoneHomeOptions.SectionName}:{nameof(options.DeclaredPorts)}: port {twice.Key} is there twice.");
        }

        if (!Enum.IsDefined(options.HandEdits))
        {
            failures.Add($"{PhoneHomeOptions.SectionName}:{nameof(options.HandEdits)} must be {nameof(HandEdits.Repair)} or {nameof(HandEdits.Respect)}, but is {options.HandEdits}.");
        }

        if (!string.IsNullOrEmpty(options.ImportIncumbent) && !TextRules.IsName(options.ImportIncumbent))
        {
            failures.Add($"{PhoneHomeOptions.SectionName}:{nameof(options.ImportIncumbent)} must be the owner of a token, but is '{options.ImportIncumbent}'.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
