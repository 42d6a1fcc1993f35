using System.Collections.Immutable;
using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Mappings;
using HaproxyKit.Syntax;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>
/// At which mappings a refusal points, and what each one's callers are told of it: what points at another mapping's sections is not for them.
/// </summary>
internal sealed class Blame
{
    private static readonly Diagnostic Others = new()
    {
        Id = DiagnosticIds.HaproxyMessage,
        Severity = DiagnosticSeverity.Error,
        Message = "HAProxy refuses the configuration for what other mappings say",
    };

    private readonly bool _isOperatorsFault;
    private readonly ILookup<int, Diagnostic> _ofPort;
    private readonly ImmutableArray<Diagnostic> _ofNobody;

    private Blame(ConfigDocument? candidate, bool isOperatorsFault, ImmutableArray<Diagnostic> diagnostics)
    {
        var lines = diagnostics.Select(LineOf).OfType<int>().ToHashSet();
        var ports = candidate is null ? new Dictionary<int, int>() : MappingSections.PortsAt(candidate, lines);
        _isOperatorsFault = isOperatorsFault;
        _ofPort = diagnostics.Where(Points).ToLookup(diagnostic => ports[LineOf(diagnostic)!.Value]);
        _ofNobody = [.. diagnostics.Where(diagnostic => !Points(diagnostic))];

        bool Points(Diagnostic diagnostic) => LineOf(diagnostic) is { } line && ports.ContainsKey(line);
    }

    internal static Blame Of(DeploymentResult result) => new(result.Candidate, result.IsOperatorsFault, result.Diagnostics);

    internal static Blame Of(DeploymentPreview preview) => new(preview.Wanted, preview.IsOperatorsFault, preview.Diagnostics);

    /// <summary>Whether the refusal points at the sections of a port's mapping.</summary>
    internal bool Contains(int port) => _ofPort.Contains(port);

    /// <summary>What the refusal is for those who call for a port.</summary>
    internal MappingOutcome RefusalFor(int port)
    {
        var diagnostics = DiagnosticsFor(port);
        if (_isOperatorsFault)
        {
            return new MappingOutcome.OperatorConfigurationInvalid { Diagnostics = diagnostics };
        }

        if (diagnostics.FirstOrDefault(diagnostic => diagnostic.Id is DiagnosticIds.HaproxyUnreachable or DiagnosticIds.FileContended or DiagnosticIds.NotUndone) is { } trouble)
        {
            return trouble.Id == DiagnosticIds.FileContended
                ? new MappingOutcome.ConfigurationUnavailable { Message = trouble.Message }
                : new MappingOutcome.Unreachable { Message = trouble.Message };
        }

        return diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == DiagnosticIds.BindUnavailable) is { } taken
            ? new MappingOutcome.Conflict { Reason = ConflictReason.AnotherProgram, Message = taken.Message, Hint = taken.Hint }
            : new MappingOutcome.Refused { Diagnostics = diagnostics };
    }

    /// <summary>The refusal's reason for a port, in a sentence.</summary>
    internal string ReasonFor(int port) => DiagnosticsFor(port)[0].Message;

    private ImmutableArray<Diagnostic> DiagnosticsFor(int port) =>
        _ofPort.Contains(port) ? [.. _ofPort[port], .. _ofNobody]
        : !_ofNobody.IsEmpty ? _ofNobody
        : [Others];

    private static int? LineOf(Diagnostic diagnostic) => diagnostic.Location?.Line;
}
