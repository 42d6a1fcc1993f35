using System.CommandLine;
using HaproxyKit.Analysis;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>check FILE...</c>: finds mistakes, without HAProxy or with it.</summary>
internal sealed class CheckCommand : Command
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Files or folders, each a configuration of its own; - is standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _together = new("-f")
    {
        Description = "A file or a folder of one configuration, as HAProxy's own -f; may be given several times.",
        HelpName = "FILE",
    };

    private readonly Option<HaproxyVersion?> _version =
        SharedOptions.Version("The HAProxy that the configuration is for; 3.2 where nothing is said.");

    private readonly Option<DiagnosticSeverity> _severity = new("--severity")
    {
        Description = "Leave out what is less grave.",
        DefaultValueFactory = _ => DiagnosticSeverity.Info,
        HelpName = "error|warning|info",
    };

    private readonly Option<bool> _withHaproxy = new("--with-haproxy")
    {
        Description = "Have HAProxy itself check too (haproxy -c).",
    };

    private readonly Option<string> _program = new("--haproxy-program")
    {
        Description = "The HAProxy for --with-haproxy.",
        DefaultValueFactory = _ => "haproxy",
        HelpName = "PATH",
    };

    private readonly Option<OutputFormat> _format =
        SharedOptions.Format(OutputFormat.Text, OutputFormat.Json, OutputFormat.Sarif);

    internal CheckCommand()
        : base("check", "Finds mistakes in configurations; ends with 1 where there are errors or warnings.")
    {
        Add(_files);
        Add(_together);
        Add(_version);
        Add(_severity);
        Add(_withHaproxy);
        Add(_program);
        Add(_format);
        this.Does(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken cancellationToken)
    {
        var findings = new List<Diagnostic>();
        var options = new AnalysisOptions { Version = arguments.GetValue(_version) ?? HaproxyVersion.V3_2 };
        foreach (var input in Inputs(arguments))
        {
            findings.AddRange(ConfigAnalyzer.Analyze(input.Documents, options));
            if (arguments.GetValue(_withHaproxy))
            {
                var program = arguments.GetRequiredValue(_program);
                var told = await HaproxyCheck.RunAsync(input, program, cancellationToken).ConfigureAwait(false);
                findings.AddRange(told);
            }
        }

        findings.RemoveAll(finding => finding.Severity < arguments.GetValue(_severity));
        FindingWriter.Write(output, arguments.GetValue(_format), findings);
        return findings.Exists(finding => finding.Severity >= DiagnosticSeverity.Warning)
            ? ExitCode.Findings
            : ExitCode.Fine;
    }

    private List<ConfigInput> Inputs(ParseResult arguments)
    {
        var inputs = new List<ConfigInput>();
        if (arguments.GetValue(_together) is { Length: > 0 } together)
        {
            inputs.Add(ConfigInput.Read(together));
        }

        inputs.AddRange((arguments.GetValue(_files) ?? []).Select(file => ConfigInput.Read([file])));
        return inputs.Count > 0
            ? inputs
            : throw new ToolException("name a file to check: haproxykit check /etc/haproxy/haproxy.cfg");
    }
}
